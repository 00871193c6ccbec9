-- What could never be worked off, taken out of the way of what waits behind it. Times are Unix milliseconds of real time.
CREATE TABLE set_aside (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    reason  TEXT    NOT NULL,
    content TEXT    NOT NULL,
    at      INTEGER NOT NULL
);
