-- People, their sessions and invitations; the sites' bots, visitors and documents.
-- Tokens are kept as SHA-256 only; times are milliseconds since 1970.

CREATE TABLE agents (
    id           BLOB PRIMARY KEY NOT NULL,
    name         TEXT NOT NULL,
    -- Lower case, so that one address is one account.
    email        TEXT NOT NULL UNIQUE,
    role         TEXT NOT NULL CHECK (role IN ('agent', 'admin')),
    -- Argon2id in PHC form: its parameters travel with it.
    password     TEXT NOT NULL,
    disabled     INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER
) STRICT;

-- Which sites an agent serves. Admins serve all without a row here.
CREATE TABLE memberships (
    agent_id BLOB NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    site_id  BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    PRIMARY KEY (agent_id, site_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_site ON memberships (site_id);

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY NOT NULL,
    agent_id   BLOB NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    -- For the idle limit; written at most once a minute.
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_agent ON sessions (agent_id);

-- The one-time link of the first admin: at most one row, gone once used.
CREATE TABLE setup_link (
    only_one   INTEGER PRIMARY KEY NOT NULL CHECK (only_one = 1),
    token_hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- Open invitations; accepting or withdrawing one deletes it.
CREATE TABLE invitations (
    id         BLOB PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    email      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('agent', 'admin')),
    -- JSON array of site ids; a site that is gone by then is left out.
    sites      TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- What the server signs with; made at the first start.
CREATE TABLE server_secrets (
    name  TEXT PRIMARY KEY NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Only appended to: a conversation keeps the version it began with.
CREATE TABLE bot_versions (
    site_id      BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    -- 1, 2, 3 … in its site; the highest is the published one.
    version      INTEGER NOT NULL,
    toml         TEXT NOT NULL,
    published_by BLOB,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (site_id, version)
) STRICT, WITHOUT ROWID;

-- A row is written at a visitor's first input, never for one who only looks.
CREATE TABLE visitors (
    id         BLOB PRIMARY KEY NOT NULL,
    site_id    BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (token_hash)
) STRICT;

-- A row exists only after its bytes are on disk.
CREATE TABLE documents (
    id              BLOB PRIMARY KEY NOT NULL,
    site_id         BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    conversation_id BLOB NOT NULL,
    -- Exactly one of the two uploaded it.
    visitor_id      BLOB,
    agent_id        BLOB,
    name            TEXT NOT NULL,
    media_type      TEXT NOT NULL,
    bytes           INTEGER NOT NULL,
    sha256          BLOB NOT NULL,
    preview         INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    -- The event that shared it; until then only its uploader may see it.
    shared_seq      INTEGER,
    CHECK ((visitor_id IS NULL) <> (agent_id IS NULL))
) STRICT;

CREATE INDEX documents_by_conversation ON documents (site_id, conversation_id);
CREATE INDEX documents_by_visitor ON documents (site_id, visitor_id, created_at);
