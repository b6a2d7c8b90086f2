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
  erased_at timestamptz,
  primary key (tenant, sha256)
);

create index image_unused on image (used_at) where erased_at is null;

-- One row per content that the store may have, written before the content is kept.
create table content (
  tenant  text        not null,
  sha256  char(64)    not null,
  kept_at timestamptz not null,
  primary key (tenant, sha256)
);
create index content_age on content (kept_at);

-- One row per audit whose ingestion has ended: the event that says how.
create table ingestion (
  audit_id uuid        primary key,
  tenant   text        not null,
  outcome  text        not null check (outcome in ('ingested', 'concluded')),
  event    jsonb       not null,
  receipt  jsonb,
  ended_at timestamptz not null
);

-- Submissions in work whose records are acknowledged already. Rows of the present only.
create table slow_submission (
  audit_id  uuid        primary key,
  event     jsonb       not null,
  attempts  integer     not null,
  lease_end timestamptz not null
);
create index slow_submission_due on slow_submission (lease_end);
