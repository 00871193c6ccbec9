-- An event on its way to a target of a rule that matched it: written as the event leaves the outbox, removed when the
-- target has it or it is given up. Rule and target are as they were then.
CREATE TABLE event_deliveries (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    rule     TEXT    NOT NULL,
    target   TEXT    NOT NULL,
    event    TEXT    NOT NULL,
    -- Real time, Unix milliseconds: how long a delivery is tried does not follow the civil clock.
    accepted INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
);
