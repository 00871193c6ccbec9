-- Enabled or Suspended; NULL in a bucket that never had versions.
ALTER TABLE buckets ADD COLUMN versioning TEXT;

-- AWS's version id; what is stored without versioning is version 'null'.
ALTER TABLE objects ADD COLUMN version TEXT NOT NULL DEFAULT 'null';

-- The versions behind the latest, and all delete markers, which have no file. The order of a key's rows is that of its
-- versions, and the object of the table objects, where there is one, is newer than all of them.
CREATE TABLE object_versions (
    sequence   INTEGER PRIMARY KEY,
    bucket     TEXT    NOT NULL REFERENCES buckets (name),
    key        BLOB    NOT NULL,
    version    TEXT    NOT NULL,
    file       TEXT    UNIQUE,
    size       INTEGER NOT NULL,
    etag       TEXT    NOT NULL,
    modified   INTEGER NOT NULL,
    properties TEXT    NOT NULL,
    UNIQUE (bucket, key, version)
);

CREATE INDEX object_versions_by_key ON object_versions (bucket, key, sequence DESC);
