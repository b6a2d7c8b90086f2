-- What an audit's last verdict lacks, so that one dead check does not keep others from being finished, and
-- how often it was put off, so that a picture that breaks its model is tried ever more seldom.
alter table unfinished_audit
  add column missing text[] not null default '{}',
  add column tries int not null default 0;
