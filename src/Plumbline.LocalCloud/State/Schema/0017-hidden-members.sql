-- The local cloud's own record of a build; the resource in the table documents has only AWS's members.
CREATE TABLE builds (
    id       TEXT    NOT NULL PRIMARY KEY,
    -- The idempotency token of the StartBuild that made it.
    token    TEXT,
    -- The credentials that its process was granted.
    grant_id TEXT,
    -- 1 after StopBuild.
    stopped  INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TRIGGER builds_removed AFTER DELETE ON documents WHEN old.kind = 'codebuild/build'
BEGIN
    DELETE FROM builds WHERE id = old.key;
END;

INSERT INTO builds
SELECT key, tree ->> '$._token', tree ->> '$._grant', tree ->> '$._stopped' IS NOT NULL
FROM documents WHERE kind = 'codebuild/build' AND json_valid(tree);

UPDATE documents SET tree = json_remove(tree, '$._token', '$._grant', '$._stopped')
WHERE kind = 'codebuild/build' AND json_valid(tree);

-- The references of a repository, with their commits, whose events are written.
CREATE TABLE repository_references (
    repository TEXT NOT NULL,
    name       TEXT NOT NULL,
    commit_id  TEXT NOT NULL,
    PRIMARY KEY (repository, name)
) WITHOUT ROWID;

CREATE TRIGGER repository_references_removed AFTER DELETE ON documents WHEN old.kind = 'codecommit/repository'
BEGIN
    DELETE FROM repository_references WHERE repository = old.key;
END;

INSERT INTO repository_references
SELECT documents.key, reference.key, reference.value
FROM documents, json_each(CASE WHEN json_valid(tree) THEN tree ELSE '{}' END, '$.references') AS reference
WHERE kind = 'codecommit/repository';

UPDATE documents SET tree = json_remove(tree, '$.references') WHERE kind = 'codecommit/repository' AND json_valid(tree);

-- 1 if the key had an object when the upload began.
ALTER TABLE multipart_uploads ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0;

UPDATE multipart_uploads SET replaces = 1, properties = json_remove(properties, '$.Replaces')
WHERE json_valid(properties) AND json_type(properties, '$.Replaces') IS NOT NULL;
