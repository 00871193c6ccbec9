-- Times are Unix milliseconds of civil time.
CREATE TABLE metrics (
    id         INTEGER PRIMARY KEY,
    namespace  TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    -- [["name","value"],...], sorted by name.
    dimensions TEXT    NOT NULL,
    last_data  INTEGER NOT NULL,
    UNIQUE (namespace, name, dimensions)
);

-- One row for each different value of a metric in a minute (a second, where its resolution is high). A value has
-- minimum = maximum; a statistic set, of which the values are not known, mostly has not.
CREATE TABLE metric_data (
    metric_id    INTEGER NOT NULL REFERENCES metrics,
    timestamp    INTEGER NOT NULL,
    unit         TEXT    NOT NULL,
    minimum      REAL    NOT NULL,
    maximum      REAL    NOT NULL,
    sum          REAL    NOT NULL,
    sample_count REAL    NOT NULL,
    PRIMARY KEY (metric_id, timestamp, unit, minimum, maximum)
) WITHOUT ROWID;

CREATE TABLE alarm_history (
    sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
    alarm     TEXT    NOT NULL,
    timestamp INTEGER NOT NULL,
    type      TEXT    NOT NULL,
    summary   TEXT    NOT NULL,
    data      TEXT    NOT NULL
);

CREATE INDEX alarm_history_by_alarm ON alarm_history (alarm, timestamp);

-- What alarms have still to do: written with the change of state, removed when it is done.
CREATE TABLE alarm_actions (
    sequence         INTEGER PRIMARY KEY AUTOINCREMENT,
    alarm            TEXT NOT NULL,
    action           TEXT NOT NULL,
    deduplication_id TEXT NOT NULL,
    subject          TEXT NOT NULL,
    message          TEXT NOT NULL
);
