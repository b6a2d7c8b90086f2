-- A rate close to nothing takes what is computed with it out of its range, for other lanes as well.
update lane set rate = 0.001 where rate < 0.001;

-- When a receiver first took it, whatever came of it when it was sent again. Null also for those that were taken before
-- this was remembered: their status says DELIVERED until they are sent again, which is when it is remembered.
alter table delivery add column delivered_at timestamptz;
