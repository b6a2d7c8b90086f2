-- What a verdict rests on is apart from the verdict: it is large, and only /record shows it. Events
-- that were heard before keep theirs within the event.
alter table audit add column evidence text;
