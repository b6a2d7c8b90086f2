-- What holds for one tenant alone; null means what holds for all.
create table tenant_rule (
  tenant           text        primary key,
  retry_millis     bigint[],
  verify_endpoints boolean,
  updated_at       timestamptz not null default now()
);

-- The last failure since the last success, and when something was last planned for the lane.
alter table lane
  add column last_failed_at timestamptz,
  add column used_at        timestamptz not null default now();

-- Deliveries of one endpoint, for its list, and to know that it has none left.
create index delivery_by_endpoint on delivery (endpoint_id, created_at, id);

-- Secrets that have ended.
create index signing_secret_ended on signing_secret (expires_at) where expires_at is not null;
