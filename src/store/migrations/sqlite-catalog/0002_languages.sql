-- A catalog a site and language, with the feed that it comes from.

CREATE TABLE catalogs_by_lang (
    key         INTEGER NOT NULL PRIMARY KEY,
    site_id     BLOB    NOT NULL,
    -- The primary subtag, in lower case.
    lang        TEXT    NOT NULL,
    -- 0: nothing was imported yet.
    generation  INTEGER NOT NULL DEFAULT 0,
    products    INTEGER NOT NULL DEFAULT 0,
    imported_at INTEGER NOT NULL DEFAULT 0,
    -- The generation before the last import or restore, whose rows are kept.
    previous    INTEGER,
    -- The folder that its index lies in: the generation that it was built whole for.
    folder      INTEGER NOT NULL DEFAULT 0,
    -- What is about to be switched to, as JSON. Where the index has that generation
    -- already, a start ends the switch; else it is given up.
    prepared    TEXT,
    UNIQUE (site_id, lang)
);
INSERT INTO catalogs_by_lang (site_id, lang, generation, products, imported_at, folder)
    SELECT site_id, lower(substr(lang, 1, CASE WHEN instr(replace(lang, '_', '-'), '-') > 0
                                               THEN instr(replace(lang, '_', '-'), '-') - 1 ELSE length(lang) END)),
           generation, products, imported_at, generation
    FROM catalogs;

-- Without the products themselves, so that all rows of a catalog are read quickly and
-- the end of one is written without moving its product.
CREATE TABLE product_rows (
    key              INTEGER NOT NULL PRIMARY KEY,
    catalog          INTEGER NOT NULL,
    id               TEXT    NOT NULL,
    from_generation  INTEGER NOT NULL,
    until_generation INTEGER,
    -- Over the product's raw rows: an unchanged product is not written again.
    hash             INTEGER NOT NULL,
    UNIQUE (catalog, id, from_generation)
);
INSERT INTO product_rows (key, catalog, id, from_generation, until_generation, hash)
    SELECT products.key, catalogs_by_lang.key, id, from_generation, until_generation, hash
    FROM products JOIN catalogs_by_lang USING (site_id);

-- The products as JSON, by the key of their row.
CREATE TABLE bodies (
    product INTEGER NOT NULL PRIMARY KEY,
    body    TEXT    NOT NULL
);
INSERT INTO bodies (product, body) SELECT key, body FROM products WHERE key IN (SELECT key FROM product_rows);

-- Rows are cleared with their product at hand, which tells its codes: no second index is needed.
CREATE TABLE product_codes (
    catalog INTEGER NOT NULL,
    code    TEXT    NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (catalog, code, product)
) WITHOUT ROWID;
INSERT INTO product_codes (catalog, code, product)
    SELECT catalog, code, product FROM codes JOIN product_rows ON product_rows.key = codes.product;

DROP TABLE codes;
DROP TABLE products;
DROP TABLE catalogs;
ALTER TABLE catalogs_by_lang RENAME TO catalogs;
ALTER TABLE product_rows RENAME TO products;
ALTER TABLE product_codes RENAME TO codes;
CREATE INDEX products_until ON products (catalog, until_generation) WHERE until_generation IS NOT NULL;
CREATE INDEX products_from ON products (catalog, from_generation);

-- What the readers need beside the file is theirs to extend: one text.
ALTER TABLE runs ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
-- What brings the products: `file`, `address` or `restore`.
ALTER TABLE runs ADD COLUMN source TEXT NOT NULL DEFAULT 'file';
-- When it was claimed, for the rate.
ALTER TABLE runs ADD COLUMN started_at INTEGER;
UPDATE runs SET settings = json_object(
    'lang', lang, 'feed', json_object('currency', currency, 'shop_url', shop_url),
    'attended', json(iif(attended, 'true', 'false')), 'accept_removals', json(iif(accept_removals, 'true', 'false')));
UPDATE runs SET lang = lower(substr(lang, 1, CASE WHEN instr(replace(lang, '_', '-'), '-') > 0
                                                  THEN instr(replace(lang, '_', '-'), '-') - 1 ELSE length(lang) END));
ALTER TABLE runs DROP COLUMN currency;
ALTER TABLE runs DROP COLUMN shop_url;
ALTER TABLE runs DROP COLUMN attended;
ALTER TABLE runs DROP COLUMN accept_removals;

-- Where a catalog comes from.
CREATE TABLE feeds (
    site_id       BLOB    NOT NULL,
    lang          TEXT    NOT NULL,
    -- What the files do not say themselves, with the mapping, as JSON; the site's own where absent.
    settings      TEXT,
    -- Absent: by upload.
    address       TEXT,
    user_name     TEXT,
    password      TEXT,
    -- Absent: only when somebody asks.
    every_hours   INTEGER,
    -- What the address said of itself last time, for `If-None-Match` and `If-Modified-Since`.
    etag          TEXT,
    last_modified TEXT,
    fetched_at    INTEGER,
    -- Whether the last fetch was used, and the sentence when it was not.
    last_outcome  TEXT,
    last_fault    TEXT,
    due_at        INTEGER,
    PRIMARY KEY (site_id, lang)
) WITHOUT ROWID;
CREATE INDEX feeds_due ON feeds (due_at) WHERE due_at IS NOT NULL;

-- The key that a shop's own program sends prices and stock with; only its hash.
CREATE TABLE update_keys (
    site_id BLOB    NOT NULL PRIMARY KEY,
    hash    BLOB    NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    used_at INTEGER
) WITHOUT ROWID;

-- Prices and stock that came while an import of the catalog ran: applied right after it.
CREATE TABLE updates (
    place   INTEGER NOT NULL PRIMARY KEY,
    catalog INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX updates_catalog ON updates (catalog, place);
