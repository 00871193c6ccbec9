-- The local cloud's own state of a resource, as JSON. The tree has only members that AWS's shape has, and is empty for
-- kinds that AWS does not have.
ALTER TABLE documents ADD COLUMN state TEXT NOT NULL DEFAULT '{}';

UPDATE documents SET state = (
    SELECT json_object('Token', token, 'Grant', grant_id, 'Stopped', json(iif(stopped, 'true', 'false')))
    FROM builds WHERE id = key
)
WHERE kind = 'codebuild/build' AND key IN (SELECT id FROM builds);

DROP TRIGGER builds_removed;
DROP TABLE builds;

UPDATE documents SET
    state = json_object(
        'Fleet', tree ->> '$.Fleet',
        'NextFleet', tree ->> '$.NextFleet',
        'BakeUntil', strftime('%Y-%m-%dT%H:%M:%fZ', tree ->> '$.BakeUntil', 'unixepoch'),
        'PendingDeploymentConfig', tree -> '$.PendingDeploymentConfig'
    ),
    tree = json_remove(tree, '$.Fleet', '$.NextFleet', '$.BakeUntil', '$.PendingDeploymentConfig')
WHERE kind = 'sagemaker/endpoint' AND json_valid(tree);

UPDATE documents SET
    state = json_object(
        'Tags', json(coalesce(tree -> '$.Tags', '{}')),
        'Targets', json(coalesce(tree -> '$.Targets', '[]')),
        'ScheduleStart', strftime('%Y-%m-%dT%H:%M:%fZ', tree ->> '$.ScheduleStart', 'unixepoch'),
        'LastFired', strftime('%Y-%m-%dT%H:%M:%fZ', tree ->> '$.LastFired', 'unixepoch')
    ),
    tree = json_remove(tree, '$.Tags', '$.Targets', '$.ScheduleStart', '$.LastFired')
WHERE kind = 'events/rule' AND json_valid(tree);

UPDATE documents SET
    state = json_object('Tags', json(coalesce(tree -> '$.Tags', '{}'))),
    tree = json_remove(tree, '$.Tags')
WHERE kind IN ('events/bus', 'cloudwatch/alarm', 'sns/topic') AND json_valid(tree);

UPDATE documents SET
    state = json_object('Pending', json(coalesce(tree -> '$.Pending', 'false'))),
    tree = json_remove(tree, '$.Pending')
WHERE kind = 'sns/subscription' AND json_valid(tree);

UPDATE documents SET
    state = json_object(
        'ClientRequestToken', tree ->> '$.ClientRequestToken',
        'Version', coalesce(tree ->> '$.PipelineVersionId', 1)
    ),
    tree = json_remove(tree, '$.ClientRequestToken', '$.PipelineVersionId')
WHERE kind = 'sagemaker/pipeline' AND json_valid(tree);

UPDATE documents SET
    state = json_object(
        'Parameters', json((
            SELECT json_group_object(value ->> '$.Name', value ->> '$.Value')
            FROM json_each(tree, '$.PipelineParameters')
        )),
        'RoleArn', tree ->> '$.RoleArn',
        'EndTime', strftime('%Y-%m-%dT%H:%M:%fZ', tree ->> '$.EndTime', 'unixepoch')
    ),
    tree = json_remove(tree, '$.PipelineParameters', '$.RoleArn', '$.EndTime')
WHERE kind = 'sagemaker/pipeline-execution' AND json_valid(tree);

UPDATE documents SET
    state = json_object('LastVersion', coalesce(tree ->> '$.LastVersion', 0)),
    tree = json_remove(tree, '$.LastVersion')
WHERE kind = 'sagemaker/model-package-group' AND json_valid(tree);

UPDATE documents SET
    state = json_object(
        'Versions', json(coalesce(tree -> '$.Versions', '[]')),
        'NextVersion', coalesce(tree ->> '$.NextVersion', 1)
    ),
    tree = json_remove(tree, '$.Versions', '$.NextVersion')
WHERE kind = 'iam/policy' AND json_valid(tree);

-- Members of a request that no answer has, and nothing reads.
UPDATE documents SET tree = json_remove(tree, '$.SessionChainingConfig')
WHERE kind = 'sagemaker/training-job' AND json_valid(tree);
UPDATE documents SET tree = json_remove(tree, '$.badgeEnabled') WHERE kind = 'codebuild/project' AND json_valid(tree);
UPDATE documents SET tree = json_remove(tree, '$.tags') WHERE kind = 'codecommit/repository' AND json_valid(tree);

-- Kinds that AWS does not have.
UPDATE documents SET state = tree, tree = '{}'
WHERE kind IN ('sagemaker/fleet', 'sagemaker/model-package-token', 'iam/credential-grant') AND json_valid(tree);

UPDATE documents SET
    state = json_object(
        'AccessKeyId', tree ->> '$.AccessKeyId',
        'SecretAccessKey', tree ->> '$.SecretAccessKey',
        'SessionToken', tree ->> '$.SessionToken',
        'Expiration', strftime('%Y-%m-%dT%H:%M:%fZ', (tree ->> '$.Expiration') / 1000.0, 'unixepoch'),
        'Caller', json_object('Arn', tree ->> '$.Arn', 'UserId', tree ->> '$.UserId')
    ),
    tree = '{}'
WHERE kind = 'iam/key-pair' AND json_valid(tree);
