-- Products live in a file of their own, so that an import never holds up a message.

-- What each site answers from. Switching this number is the whole of a swap.
CREATE TABLE catalogs (
    site_id     BLOB    NOT NULL PRIMARY KEY,
    -- 0: nothing was imported yet.
    generation  INTEGER NOT NULL,
    products    INTEGER NOT NULL,
    -- The language that the index was built in.
    lang        TEXT    NOT NULL,
    imported_at INTEGER NOT NULL
) WITHOUT ROWID;

-- A row is part of the generations from `from_generation` up to, not including,
-- `until_generation`. Rows of a generation that is not switched to are invisible.
CREATE TABLE products (
    key              INTEGER NOT NULL PRIMARY KEY,
    site_id          BLOB    NOT NULL,
    id               TEXT    NOT NULL,
    from_generation  INTEGER NOT NULL,
    until_generation INTEGER,
    -- Over the product's raw rows: an unchanged product is not written again.
    hash             INTEGER NOT NULL,
    -- The product as JSON.
    body             TEXT    NOT NULL,
    UNIQUE (site_id, id, from_generation)
);
CREATE INDEX products_until ON products (site_id, until_generation) WHERE until_generation IS NOT NULL;

-- SKUs as written in lower case without accents, GTINs with 14 digits.
CREATE TABLE codes (
    site_id BLOB    NOT NULL,
    code    TEXT    NOT NULL,
    product INTEGER NOT NULL REFERENCES products (key) ON DELETE CASCADE,
    PRIMARY KEY (site_id, code, product)
) WITHOUT ROWID;
CREATE INDEX codes_product ON codes (product);

CREATE TABLE runs (
    id              BLOB    NOT NULL PRIMARY KEY,
    site_id         BLOB    NOT NULL,
    -- The name that the merchant's file has.
    file            TEXT    NOT NULL,
    state           TEXT    NOT NULL,
    why             TEXT,
    -- Somebody looks on and can confirm what a guard asks.
    attended        INTEGER NOT NULL,
    accept_removals INTEGER NOT NULL,
    cancel_asked    INTEGER NOT NULL DEFAULT 0,
    currency        TEXT    NOT NULL,
    lang            TEXT    NOT NULL,
    shop_url        TEXT,
    queued_at       INTEGER NOT NULL,
    bytes_total     INTEGER NOT NULL,
    bytes_read      INTEGER NOT NULL DEFAULT 0,
    rows_read       INTEGER NOT NULL DEFAULT 0,
    report          TEXT
) WITHOUT ROWID;
CREATE INDEX runs_site ON runs (site_id, queued_at);
CREATE INDEX runs_open ON runs (state, queued_at) WHERE state IN ('queued', 'reading', 'indexing', 'awaits_confirmation');

CREATE TABLE faults (
    run_id      BLOB    NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    column_name TEXT,
    value       TEXT,
    message     TEXT    NOT NULL,
    warning     INTEGER NOT NULL,
    PRIMARY KEY (run_id, place)
) WITHOUT ROWID;
