CREATE TABLE buckets (
    name    TEXT PRIMARY KEY,
    created INTEGER NOT NULL
) WITHOUT ROWID;

-- A key is its UTF-8 bytes, because S3 lists in their order. An object's bytes are in a file of its own; the row
-- is what makes the file an object.
CREATE TABLE objects (
    bucket     TEXT    NOT NULL REFERENCES buckets (name),
    key        BLOB    NOT NULL,
    file       TEXT    NOT NULL UNIQUE,
    size       INTEGER NOT NULL,
    etag       TEXT    NOT NULL,
    modified   INTEGER NOT NULL,
    properties TEXT    NOT NULL,
    PRIMARY KEY (bucket, key)
) WITHOUT ROWID;

CREATE TABLE multipart_uploads (
    id         TEXT PRIMARY KEY,
    bucket     TEXT    NOT NULL REFERENCES buckets (name) ON DELETE CASCADE,
    key        BLOB    NOT NULL,
    created    INTEGER NOT NULL,
    properties TEXT    NOT NULL
) WITHOUT ROWID;

CREATE INDEX multipart_uploads_by_key ON multipart_uploads (bucket, key, id);

CREATE TABLE multipart_parts (
    upload   TEXT    NOT NULL REFERENCES multipart_uploads (id) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    file     TEXT    NOT NULL UNIQUE,
    size     INTEGER NOT NULL,
    etag     TEXT    NOT NULL,
    checksum TEXT,
    modified INTEGER NOT NULL,
    PRIMARY KEY (upload, number)
) WITHOUT ROWID;
