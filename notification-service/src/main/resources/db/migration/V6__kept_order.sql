-- A rate close to nothing takes what is computed with it out of its range, for other lanes as well.
update lane set rate = 0.001 where rate < 0.001;

-- When a receiver first took it, whatever came of it when it was sent again. Null also for those that were taken before
-- this was remembered: their status says DELIVERED until they are sent again, which is when it is remembered.
alter table delivery add column delivered_at timestamptz;

-- What has ended without arriving, for its list and to send it again. What goes as it should never enters these.
create index delivery_by_status on delivery (tenant, status, created_at, id)
  where status not in ('PENDING', 'DELIVERED');
create index delivery_missed on delivery (tenant, created_at, id)
  where status in ('SKIPPED', 'EXHAUSTED', 'GONE', 'ABORTED', 'FORBIDDEN_ADDRESS');
