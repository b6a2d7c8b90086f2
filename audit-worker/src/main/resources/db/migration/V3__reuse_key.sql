-- Names everything that a full machine verdict depends on, so that it can count for another audit of
-- the same content. Verdicts that are themselves reused carry none: reuse does not make them young.
alter table audit_record add column reuse_key text;

create index audit_record_reuse on audit_record (reuse_key, recorded_at desc)
  where reuse_key is not null;
