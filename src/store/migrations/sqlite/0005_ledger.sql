-- What became of recommendations: a row a product, written in the transaction of its events
-- (store/batch.rs) and made again from the log when `projections` says another version.
CREATE TABLE recommendations (
    site_id      BLOB NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    -- The card's event, and the product's place in it.
    card         INTEGER NOT NULL,
    place        INTEGER NOT NULL,
    compared     INTEGER NOT NULL CHECK (compared IN (0, 1)),
    agent_id     BLOB NOT NULL,
    first_name   TEXT NOT NULL,
    product      TEXT NOT NULL,
    sku          TEXT,
    title        TEXT NOT NULL,
    -- Milliseconds; the first time of each.
    sent_at      INTEGER NOT NULL,
    seen_at      INTEGER,
    opened_at    INTEGER,
    added_at     INTEGER,
    PRIMARY KEY (conversation, card, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX recommendations_of_site ON recommendations (site_id, sent_at, conversation, card, place);
CREATE INDEX recommendations_by_agent ON recommendations (site_id, agent_id, sent_at, conversation, card, place);
CREATE INDEX recommendations_of_product ON recommendations (site_id, product, sent_at, conversation, card, place);

-- The events that it is made from.
CREATE INDEX events_cards ON events (conversation, seq)
WHERE type IN ('product_recommended', 'products_compared', 'card_marked');

-- Which version of a projection the rows are of.
CREATE TABLE projections (
    name    TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL
) STRICT;

-- Searches of agents that found nothing: the text alone, nobody's name.
CREATE TABLE empty_queries (
    site_id  BLOB NOT NULL REFERENCES sites (id),
    lang     TEXT NOT NULL,
    -- In lower case, spaces and accents' forms made one.
    normal   TEXT NOT NULL,
    -- As last written.
    text     TEXT NOT NULL,
    times    INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (site_id, lang, normal)
) STRICT, WITHOUT ROWID;

CREATE INDEX empty_queries_latest ON empty_queries (site_id, last_at);

-- Products that an agent keeps at hand on a site.
CREATE TABLE pins (
    site_id  BLOB NOT NULL REFERENCES sites (id),
    agent_id BLOB NOT NULL,
    product  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (site_id, agent_id, product)
) STRICT, WITHOUT ROWID;
