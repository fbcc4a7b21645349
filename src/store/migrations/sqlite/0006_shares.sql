-- Consents to be seen, so that a share can go on after a restart. What was seen is nowhere.
CREATE TABLE shares (
    id              BLOB PRIMARY KEY,
    site_id         BLOB NOT NULL,
    conversation_id BLOB NOT NULL,
    visitor_id      BLOB NOT NULL,
    agent_id        BLOB NOT NULL,
    -- SHA-256 of the key that the page was given last, and of the one that it showed then.
    key_hash        BLOB NOT NULL,
    key_before      BLOB,
    -- Milliseconds.
    agreed_at       INTEGER NOT NULL,
    ended_at        INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX shares_of_conversation ON shares (site_id, conversation_id);

-- How a site shares its pages; an empty object is every default.
ALTER TABLE sites ADD COLUMN share TEXT NOT NULL DEFAULT '{}';
