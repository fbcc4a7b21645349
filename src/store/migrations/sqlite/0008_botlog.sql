-- What is told of the bot, written in the transaction of its events (store/batch.rs) and made
-- again from the log when `projections` says another version. Texts stay in the log: a row names
-- the event. Conversations of the test page have no rows.

-- A row a turn that answers a visitor; those of the last 90 days.
CREATE TABLE bot_turns (
    site_id      BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    -- The event that explains it, and the visitor's that it answers.
    seq          INTEGER NOT NULL,
    answers      INTEGER NOT NULL,
    -- Milliseconds.
    at           INTEGER NOT NULL,
    -- The widget's, a primary subtag.
    lang         TEXT NOT NULL,
    rung         TEXT NOT NULL,
    -- Counts the visitor's turns; one that answers a field has the number before.
    turn         INTEGER NOT NULL,
    -- The visitor's text that was not understood; 0 = none.
    missed       INTEGER NOT NULL,
    -- The FAQ whose answer was said; by a button that the bot offered, as it was not sure.
    answered     TEXT,
    clicked      INTEGER NOT NULL CHECK (clicked IN (0, 1)),
    -- JSON array of the FAQs that were offered.
    suggested    TEXT NOT NULL,
    -- A person was asked for soon after the answer.
    handed_off   INTEGER NOT NULL DEFAULT 0 CHECK (handed_off IN (0, 1)),
    PRIMARY KEY (conversation, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX bot_turns_missed ON bot_turns (site_id, at) WHERE missed > 0;
CREATE INDEX bot_turns_answered ON bot_turns (site_id, at) WHERE answered IS NOT NULL;
CREATE INDEX bot_turns_suggested ON bot_turns (site_id, at) WHERE rung = 'suggest';
-- The oldest go first.
CREATE INDEX bot_turns_by_age ON bot_turns (at);

-- What became of each conversation.
CREATE TABLE bot_conversations (
    conversation INTEGER PRIMARY KEY NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    site_id      BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    began_at     INTEGER NOT NULL,
    -- The visitor said, chose or sent something.
    heard        INTEGER NOT NULL CHECK (heard IN (0, 1)),
    handed_off   INTEGER NOT NULL CHECK (handed_off IN (0, 1)),
    message_left INTEGER NOT NULL CHECK (message_left IN (0, 1)),
    taken        INTEGER NOT NULL CHECK (taken IN (0, 1)),
    rating       INTEGER CHECK (rating BETWEEN 1 AND 5)
) STRICT;

CREATE INDEX bot_conversations_of_site ON bot_conversations (site_id, began_at);

-- Texts that an admin has dealt with: shown again only from conversations that began later.
CREATE TABLE bot_set_aside (
    site_id BLOB NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    -- Folded (rules/likeness.rs).
    normal  TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (site_id, normal)
) STRICT, WITHOUT ROWID;
