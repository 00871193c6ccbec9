-- SageMaker writes a package's ARN in lower case.
UPDATE OR IGNORE documents SET key = lower(key) WHERE kind = 'sagemaker/tags' AND key LIKE '%:model-package/%';
UPDATE OR IGNORE documents SET key = lower(key), tree = json_set(tree, '$.ModelPackageArn', lower(key))
WHERE kind = 'sagemaker/model-package';
