-- The default event bus is there from the beginning.
INSERT INTO documents
SELECT 'events/bus', 'default', '', now, now, '{"Tags":{}}' FROM (SELECT unixepoch() * 1000 AS now);
