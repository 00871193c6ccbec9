-- What an execution executes: the definition as it was when it started.
CREATE TABLE pipeline_definitions (
    execution  TEXT NOT NULL PRIMARY KEY,
    definition TEXT NOT NULL
);

-- One row a step that has started; steps that were never reached have none.
CREATE TABLE pipeline_steps (
    execution TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    ordinal   INTEGER NOT NULL,
    status    TEXT    NOT NULL,
    record    TEXT    NOT NULL,
    PRIMARY KEY (execution, name)
);

-- StartPipelineExecution with a token that was seen answers the first execution.
CREATE TABLE pipeline_start_tokens (
    pipeline  TEXT NOT NULL,
    token     TEXT NOT NULL,
    execution TEXT NOT NULL,
    PRIMARY KEY (pipeline, token)
) WITHOUT ROWID;
