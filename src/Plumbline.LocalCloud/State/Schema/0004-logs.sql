-- Times are Unix milliseconds of civil time.
CREATE TABLE log_groups (
    id             INTEGER PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    created        INTEGER NOT NULL,
    class          TEXT    NOT NULL,
    retention_days INTEGER,
    stored_bytes   INTEGER NOT NULL DEFAULT 0,
    tags           TEXT    NOT NULL
);

CREATE TABLE log_streams (
    id             INTEGER PRIMARY KEY,
    group_id       INTEGER NOT NULL REFERENCES log_groups ON DELETE CASCADE,
    name           TEXT    NOT NULL,
    created        INTEGER NOT NULL,
    first_event    INTEGER,
    last_event     INTEGER,
    last_ingestion INTEGER,
    UNIQUE (group_id, name)
);

-- A position in a stream or a group is (timestamp, sequence); sequences are never used again.
CREATE TABLE log_events (
    sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id  INTEGER NOT NULL REFERENCES log_groups ON DELETE CASCADE,
    stream_id INTEGER NOT NULL REFERENCES log_streams ON DELETE CASCADE,
    timestamp INTEGER NOT NULL,
    ingested  INTEGER NOT NULL,
    message   TEXT    NOT NULL
);

CREATE INDEX log_events_by_group ON log_events (group_id, timestamp);
CREATE INDEX log_events_by_stream ON log_events (stream_id, timestamp);
