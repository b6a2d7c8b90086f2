-- One row per image that a tenant has in the content store.
create table image (
  tenant    text        not null,
  sha256    char(64)    not null,
  format    text        not null,
  width     integer     not null,
  height    integer     not null,
  bytes     bigint      not null,
  frames    integer     not null,
  phash     char(64)    not null,
  details   jsonb       not null,
  stored_at timestamptz not null,
  used_at   timestamptz not null,
  primary key (tenant, sha256)
);

-- One row per audit whose ingestion has ended: the event that says how.
create table ingestion (
  audit_id uuid        primary key,
  tenant   text        not null,
  outcome  text        not null check (outcome in ('ingested', 'concluded')),
  event    jsonb       not null,
  ended_at timestamptz not null
);
