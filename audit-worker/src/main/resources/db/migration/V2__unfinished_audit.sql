-- Audits whose verdict is degraded because a check was away. Written with their record in one
-- transaction; a row goes when the full verdict was said, or when it is too late for one.
create table unfinished_audit (
  audit_id   uuid        primary key,
  event      json        not null,
  due_at     timestamptz not null,
  give_up_at timestamptz not null
);

create index unfinished_audit_due on unfinished_audit (due_at);
