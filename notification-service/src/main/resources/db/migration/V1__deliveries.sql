-- What is to be told: one row per verdict, the body once.
create table event (
  id          uuid        primary key,
  position    bigint      generated always as identity,
  written_by  xid8        not null default pg_current_xact_id(),
  audit_id    uuid        not null,
  verdict_seq int         not null,
  tenant      text        not null,
  type        text        not null,
  verdict     text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  trace_id    text        not null,
  request     text        not null,
  body        bytea       not null,
  unique (audit_id, verdict_seq)
);
create index event_by_tenant on event (tenant, written_by, position);

-- Whom to tell: an address without its query, one row per tenant. The tenant subscribed it, or an
-- audit named it as its callback.
create table endpoint (
  id              uuid        primary key,
  tenant          text        not null,
  url             text        not null,
  subscribed      boolean     not null default false,
  event_types     text[]      not null default '{}',
  verdicts        text[]      not null default '{}',
  state           text        not null default 'ACTIVE',
  disabled_reason text,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  unique (tenant, url)
);

-- The queue of one endpoint: narrow, often updated. next_due_at is a hint that is never later than
-- the earliest task that may be claimed; the sweep repairs it.
create table lane (
  endpoint_id   uuid        primary key,
  tenant        text        not null,
  next_due_at   timestamptz not null default 'infinity',
  blocked_until timestamptz not null default '-infinity'
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index lane_by_due on lane (next_due_at) where next_due_at < 'infinity';

-- One event for one callback.
create table delivery (
  id           uuid        primary key,
  event_id     uuid        not null,
  endpoint_id  uuid        not null,
  tenant       text        not null,
  url          text        not null,
  status       text        not null default 'PENDING',
  attempts     int         not null default 0,
  last_status  int,
  last_fault   text,
  created_at   timestamptz not null,
  ended_at     timestamptz,
  announced_at timestamptz,
  announce_at  timestamptz,
  unique (event_id, url)
);
create index delivery_unannounced on delivery (announce_at) where announced_at is null and ended_at is not null;

-- What is left to do. A lease is a next_attempt_at in the future together with a claim_id: whoever
-- holds the claim settles it; when the holder is gone, the row is due again.
create table task (
  delivery_id     uuid        primary key,
  endpoint_id     uuid        not null,
  audit_id        uuid        not null,
  verdict_seq     int         not null,
  next_attempt_at timestamptz not null,
  attempt         int         not null default 0,
  claim_id        uuid
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index task_by_lane on task (endpoint_id, next_attempt_at);
create index task_in_flight on task (endpoint_id, next_attempt_at) where claim_id is not null;

-- Every try, kept per day.
create table attempt (
  delivery_id uuid        not null,
  number      int         not null,
  started_at  timestamptz not null,
  millis      int         not null,
  address     text,
  status      int,
  fault       text,
  detail      text,
  excerpt     text
) partition by range (started_at);
create table attempt_default partition of attempt default;
create index attempt_by_delivery on attempt (delivery_id, number);

-- Keys that sign callbacks, encrypted.
create table signing_secret (
  id         uuid        primary key,
  tenant     text        not null,
  sealed     bytea       not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
create unique index signing_secret_current on signing_secret (tenant) where expires_at is null;
