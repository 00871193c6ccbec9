-- One row a resource: the tree as the client sent it, plus what the service adds.
CREATE TABLE documents (
    kind     TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    parent   TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    tree     TEXT    NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE INDEX documents_by_parent ON documents (kind, parent, created);

-- What happened and has not yet been handed to the rules.
CREATE TABLE event_outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    event    TEXT NOT NULL
);

-- Civil time is real time plus this offset; one row.
CREATE TABLE civil_clock (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    offset_milliseconds INTEGER NOT NULL
);

INSERT INTO civil_clock VALUES (1, 0);
