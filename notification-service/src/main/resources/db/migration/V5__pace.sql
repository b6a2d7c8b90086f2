-- When a lane that has so many tokens left has a whole one. A rate may be next to nothing: it is looked at again each hour.
create function lane_next_token(l lane, tokens double precision) returns timestamptz language sql stable as $$
  select now() + interval '1 second' * least(3600, (1 - tokens) / greatest(l.rate, 0.0001))
$$;
