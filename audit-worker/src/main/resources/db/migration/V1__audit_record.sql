-- One row per verdict, only ever added. `concluded` is the event as it was said, byte for byte
-- (json, not jsonb, keeps the text); `evidence` is all that is needed to repeat the decision.
-- `recorded_xid` orders rows by commit below the xmin horizon for whoever seals them; the system
-- column xmin would not do, since a savepoint changes it.
create table audit_record (
  audit_id       uuid        not null,
  verdict_seq    int         not null check (verdict_seq >= 1),
  tenant         text        not null,
  status         text        not null check (status in ('COMPLETED', 'FAILED', 'EXPIRED')),
  verdict        text        check (verdict in ('PASS', 'REVIEW', 'BLOCK')),
  degraded       boolean     not null,
  strategy       text        not null,
  policy_version text,
  sha256         text,
  trace_id       text        not null,
  concluded_at   timestamptz not null,
  concluded      json        not null,
  evidence       json,
  recorded_at    timestamptz not null default clock_timestamp(),
  recorded_id    bigint      generated always as identity,
  recorded_xid   xid8        not null default pg_current_xact_id(),
  primary key (audit_id, verdict_seq),
  check ((status = 'COMPLETED') = (verdict is not null)),
  -- Nothing passes by silence.
  check (not (degraded and verdict = 'PASS'))
);

create index audit_record_order on audit_record (recorded_xid, recorded_id);
create index audit_record_tenant on audit_record (tenant, recorded_at);

create function audit_record_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'audit_record: rows are only ever added (% refused)', tg_op;
end $$;

create trigger audit_record_rows before update or delete on audit_record
  for each row execute function audit_record_is_append_only();
create trigger audit_record_table before truncate on audit_record
  for each statement execute function audit_record_is_append_only();
