-- The gateway's memory: who may call, what was accepted, what became of it.

create table tenant (
  tenant text primary key check (tenant ~ '^[a-z0-9-]{3,40}$'),
  name text not null,
  created_at timestamptz not null,
  disabled_at timestamptz
);

create table api_key (
  key_id text primary key,
  tenant text not null references tenant,
  secret_sha256 bytea not null check (length(secret_sha256) = 32),
  scopes text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

create index api_key_tenant on api_key (tenant, created_at);

-- One row per audit. The events are kept as they were said; the other columns are for finding.
create table audit (
  audit_id uuid primary key,
  tenant text not null,
  reference text,
  status text not null check (status in ('QUEUED', 'INGESTED', 'COMPLETED', 'FAILED', 'EXPIRED')),
  verdict text check (verdict in ('PASS', 'REVIEW', 'BLOCK')),
  verdict_seq integer not null default 0,
  categories text[] not null default '{}',
  submitted text,
  ingested text,
  concluded text,
  created_at timestamptz not null,
  deadline timestamptz not null,
  completed_at timestamptz,
  announce_after timestamptz,
  announcements integer not null default 0,
  expire_after timestamptz
);

create index audit_of_tenant on audit (tenant, audit_id desc);
create index audit_queued on audit (announce_after) where status = 'QUEUED';
create index audit_unfinished on audit (deadline) where status in ('QUEUED', 'INGESTED');

-- A repetition of a request is recognised for as long as its key is here.
create table idempotency_key (
  tenant text not null,
  key text not null,
  content text not null,
  audit_id uuid not null,
  expires_at timestamptz not null,
  primary key (tenant, key)
);

create index idempotency_key_expiry on idempotency_key (expires_at);

-- Callbacks that have ended.
create table delivery (
  delivery_id uuid primary key,
  audit_id uuid not null,
  tenant text not null,
  notified text not null,
  notified_at timestamptz not null
);

create index delivery_of_audit on delivery (audit_id, notified_at);
