-- Conversations: a log of events each, numbered 1..n without holes, and a row that is its fold.
-- Written only by store/writer.rs, in groups; everything below changes in the same transaction.

CREATE TABLE conversations (
    -- A short name for the other tables; never leaves the store.
    number           INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    site_id          BLOB NOT NULL REFERENCES sites (id),
    id               BLOB NOT NULL UNIQUE,
    visitor_id       BLOB NOT NULL,
    -- JSON: the fold of events 1..head (rules::conversation::ConversationState), and the bot's place in its definition.
    state            TEXT NOT NULL,
    bot              TEXT NOT NULL,
    head             INTEGER NOT NULL CHECK (head >= 1),
    -- Copies out of `state`, for the lists.
    stage            TEXT NOT NULL CHECK (stage IN ('bot', 'waiting', 'in_progress', 'closed')),
    -- In charge; exactly the conversations in progress have one.
    agent_id         BLOB CHECK ((agent_id IS NOT NULL) = (stage = 'in_progress')),
    -- 0 = before all others in Waiting, else 1.
    place            INTEGER NOT NULL CHECK (place IN (0, 1)),
    -- Milliseconds: waiting since, last said while in progress, closed at.
    sort_at          INTEGER NOT NULL,
    -- The visitor's input that no bot turn answers yet; 0 = none.
    unanswered       INTEGER NOT NULL,
    visits_consented INTEGER NOT NULL DEFAULT 0,
    device           TEXT NOT NULL DEFAULT ''
) STRICT;

-- One open conversation of a visitor at a time.
CREATE UNIQUE INDEX conversations_open ON conversations (site_id, visitor_id) WHERE stage <> 'closed';
CREATE INDEX conversations_of_visitor ON conversations (site_id, visitor_id, number);
CREATE INDEX conversations_in_tab ON conversations (site_id, stage, place, sort_at, id);
CREATE INDEX conversations_of_agent ON conversations (site_id, agent_id, sort_at, id) WHERE stage = 'in_progress';
CREATE INDEX conversations_unanswered ON conversations (site_id) WHERE stage = 'bot' AND unanswered > 0;

CREATE TABLE events (
    site_id      BLOB NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    seq          INTEGER NOT NULL CHECK (seq >= 1),
    -- Milliseconds, for people; never orders anything.
    at           INTEGER NOT NULL,
    -- JSON of protocol::EventBody.
    body         TEXT NOT NULL,
    type         TEXT GENERATED ALWAYS AS (json_extract(body, '$.type')) VIRTUAL,
    PRIMARY KEY (conversation, seq)
) STRICT;

CREATE INDEX events_documents ON events (conversation, seq) WHERE type = 'document_shared';

-- What was asked under which id, so that a repeat changes nothing and gets the first answer.
CREATE TABLE commands (
    site_id      BLOB NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    id           BLOB NOT NULL,
    -- Of sender and content.
    hash         BLOB NOT NULL,
    -- The event that answered it.
    seq          INTEGER NOT NULL,
    PRIMARY KEY (conversation, id)
) STRICT, WITHOUT ROWID;

-- How far each party got; only rising.
CREATE TABLE marks (
    site_id           BLOB NOT NULL,
    conversation      INTEGER PRIMARY KEY NOT NULL REFERENCES conversations (number),
    visitor_delivered INTEGER NOT NULL DEFAULT 0,
    visitor_read      INTEGER NOT NULL DEFAULT 0,
    agent_delivered   INTEGER NOT NULL DEFAULT 0,
    agent_read        INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Pages seen, joined to a conversation; not part of the log.
CREATE TABLE visits (
    site_id      BLOB NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    -- Made by the browser; a repeat adds nothing.
    id           BLOB NOT NULL,
    url          TEXT NOT NULL,
    title        TEXT NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (conversation, id)
) STRICT;

-- Counts of the tabs, kept by the triggers below and never counted.
CREATE TABLE tab_counts (
    site_id  BLOB NOT NULL,
    stage    TEXT NOT NULL,
    -- Empty but for conversations in progress.
    agent_id BLOB NOT NULL,
    count    INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (site_id, stage, agent_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER conversations_counted AFTER INSERT ON conversations
BEGIN
    INSERT INTO tab_counts (site_id, stage, agent_id, count)
    VALUES (NEW.site_id, NEW.stage, coalesce(NEW.agent_id, x''), 1)
    ON CONFLICT (site_id, stage, agent_id) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER conversations_recounted AFTER UPDATE OF stage, agent_id ON conversations
WHEN OLD.stage <> NEW.stage OR OLD.agent_id IS NOT NEW.agent_id
BEGIN
    UPDATE tab_counts SET count = count - 1
    WHERE site_id = OLD.site_id AND stage = OLD.stage AND agent_id = coalesce(OLD.agent_id, x'');
    INSERT INTO tab_counts (site_id, stage, agent_id, count)
    VALUES (NEW.site_id, NEW.stage, coalesce(NEW.agent_id, x''), 1)
    ON CONFLICT (site_id, stage, agent_id) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER conversations_uncounted AFTER DELETE ON conversations
BEGIN
    UPDATE tab_counts SET count = count - 1
    WHERE site_id = OLD.site_id AND stage = OLD.stage AND agent_id = coalesce(OLD.agent_id, x'');
END;

-- The words of people: messages, answers to fields, names of documents and products.
-- It keeps the index only; rowid = conversation << 24 | seq names the event (store/search.rs).
CREATE VIRTUAL TABLE said USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO said (said, rank) VALUES ('secure-delete', 1);
