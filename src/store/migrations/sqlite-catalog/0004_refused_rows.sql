-- Refused rows as their file has them, to be corrected and imported again: each a JSON
-- list of cells, by the place of its fault among the run's.
CREATE TABLE refused_rows (
    run_id BLOB    NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    place  INTEGER NOT NULL,
    cells  TEXT    NOT NULL,
    PRIMARY KEY (run_id, place)
) WITHOUT ROWID;

-- The file's columns as it names them, as a JSON list.
ALTER TABLE runs ADD COLUMN header TEXT;

-- Refused rows have a table of their own: faults travel with every look at a run.
ALTER TABLE faults DROP COLUMN row;
