-- The evidence is part of `concluded`. The column stays for rows of the version before this one, and for
-- its instances that still run during an upgrade.
comment on column audit_record.evidence is 'Only in rows of earlier versions: now part of concluded.';
