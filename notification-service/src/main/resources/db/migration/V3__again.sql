-- Sending again: the tries of the schedule begin anew, the numbers of the tries go on.
alter table task add column attempts_before int not null default 0;

create table replay (
  id          uuid        primary key,
  tenant      text        not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null,
  endpoint_id uuid,
  missed      boolean     not null,
  state       text        not null default 'RUNNING',
  total       bigint      not null,
  done        bigint      not null default 0,
  cursor_at   timestamptz not null,
  cursor_id   uuid,
  touched_at  timestamptz not null default now()
);
create index replay_running on replay (touched_at) where state = 'RUNNING';

create index delivery_by_tenant on delivery (tenant, created_at, id);
create index delivery_by_end on delivery (ended_at) where ended_at is not null;
create index event_by_age on event (recorded_at);
