-- The sites: what every other table points at. Subjects follow in files of their own.
CREATE TABLE sites (
    id                 BLOB PRIMARY KEY NOT NULL,
    name               TEXT NOT NULL UNIQUE,
    -- Public: stands in the snippet.
    key                TEXT NOT NULL UNIQUE,
    -- JSON array of exact origins.
    origins            TEXT NOT NULL DEFAULT '[]',
    lang               TEXT NOT NULL,
    currency           TEXT NOT NULL,
    shop_url           TEXT,
    accent             TEXT NOT NULL DEFAULT '#1f4ed8',
    -- JSON array of query parameters that stay in page addresses.
    query_keep         TEXT NOT NULL DEFAULT '[]',
    agent_gone_seconds INTEGER NOT NULL DEFAULT 120,
    -- Set once, for the set-up list; milliseconds.
    snippet_seen_at    INTEGER,
    tested_at          INTEGER,
    created_at         INTEGER NOT NULL
) STRICT;
