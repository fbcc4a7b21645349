-- A bot's definition as admins work on it: one text a site, apart from its versions.
CREATE TABLE bot_drafts (
    site_id  BLOB PRIMARY KEY NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
    -- Rises with each save: saving over another one than was read is refused.
    revision INTEGER NOT NULL CHECK (revision >= 1),
    -- As written, errors and all; 512 KiB as in rules::bot::DEFINITION_BYTES_MAX.
    toml     TEXT NOT NULL CHECK (octet_length(toml) <= 524288),
    saved_by BLOB NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What changed, in the admin's words; and in lines, against the version before (0 in versions older than this file).
ALTER TABLE bot_versions ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE bot_versions ADD COLUMN lines_added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bot_versions ADD COLUMN lines_removed INTEGER NOT NULL DEFAULT 0;
