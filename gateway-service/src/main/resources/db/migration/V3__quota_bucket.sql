-- What each tenant has used of its quota, when instances share it. A bucket is known by the time
-- (seconds since 1970) at which it is full again; `at` is when it was last drawn from.
create table quota_bucket (
  tenant text primary key,
  at double precision not null,
  images_full_at double precision not null,
  bytes_full_at double precision not null
) with (fillfactor = 50);
