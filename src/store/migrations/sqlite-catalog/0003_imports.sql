-- How fast a run goes and how long it will take, while it runs.
ALTER TABLE runs ADD COLUMN rows_per_second INTEGER;
ALTER TABLE runs ADD COLUMN seconds_left INTEGER;
-- Somebody saw what a guard asked and said yes: the file is read again, and taken.
ALTER TABLE runs ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;

-- What a client needs to say a fault in its own words, and the refused row as it was.
ALTER TABLE faults ADD COLUMN numbers TEXT;
ALTER TABLE faults ADD COLUMN detail TEXT;
ALTER TABLE faults ADD COLUMN row TEXT;

