-- How much one endpoint is given at a time, shared by all replicas.
alter table lane
  add column halted          boolean     not null default false,
  add column in_flight_limit real        not null default 2,
  add column rate            real,
  add column tokens          real        not null default 1,
  add column tokens_at       timestamptz not null default now(),
  add column window_start    timestamptz not null default '-infinity',
  add column window_calls    int         not null default 0,
  add column window_failures int         not null default 0,
  add column timeouts        int         not null default 0,
  add column opens           int         not null default 0,
  add column failing_since   timestamptz;
-- Rounds of tenants go by bytes, whatever the database's language is.
alter table lane alter column tenant type text collate "C";
drop index lane_by_due;
create index lane_by_due on lane (tenant, next_due_at) where next_due_at < 'infinity' and not halted;
create index lane_halted on lane (endpoint_id) where halted;

-- What a receiver subscribed to, and how it likes to be told.
alter table endpoint
  add column form         text    not null default 'STANDARD',
  add column ed25519      boolean not null default false,
  add column checksum_uid text,
  add column verified_at  timestamptz;
create index endpoint_subscribed on endpoint (tenant) where subscribed;

-- Keys of one endpoint, and keys of other kinds.
alter table signing_secret
  add column endpoint_id uuid,
  add column kind        text not null default 'HMAC';
drop index signing_secret_current;
create unique index signing_secret_current on signing_secret
  (tenant, kind, coalesce(endpoint_id, '00000000-0000-0000-0000-000000000000')) where expires_at is null;

-- Older and newer verdicts of one audit, on their way to one endpoint.
create index task_by_audit on task (endpoint_id, audit_id);

-- What a lane may send at this moment; null when its rate is not limited.
create function lane_tokens(l lane) returns real language sql stable as $$
  select case when l.rate is not null then
           cast(least(greatest(l.rate, 1),
                l.tokens + l.rate * greatest(0, extract(epoch from now() - l.tokens_at))) as real)
         end
$$;
