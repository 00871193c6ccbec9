-- Messages published to topics: the alerts that people get. Times are Unix milliseconds of civil time.
CREATE TABLE sns_messages (
    sequence         INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id       TEXT    NOT NULL UNIQUE,
    topic            TEXT    NOT NULL,
    published        INTEGER NOT NULL,
    -- What a service that publishes on its own makes of the cause, so that it can ask again after a crash.
    deduplication_id TEXT,
    tree             TEXT    NOT NULL,
    logged           INTEGER NOT NULL DEFAULT 0,
    UNIQUE (topic, deduplication_id)
);

CREATE INDEX sns_messages_to_log ON sns_messages (logged) WHERE logged = 0;
