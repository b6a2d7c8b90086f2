-- Its client was told that nothing was accepted, as it could not be announced. Should it expire, the
-- client's repetition makes another; until then it stands for the same audit.
alter table audit add column refused boolean not null default false;
