#!/usr/bin/env python3
"""Says of each call that a role made what IAM asks about it: whose key signed it, the action and the resources.

    tests/wire/actors.py CALLS REGION ACCOUNT

CALLS is as for check.py. Prints a JSON object a line: key, action, resources. Operations and resources are as AWS's
service authorization reference has them; an operation that is not listed here ends the program by its name.
"""

import base64
import json
import re
import sys

sys.dont_write_bytecode = True

import calls  # noqa: E402
import sent  # noqa: E402

# S3 authorizes by other names than the operations'.
S3_ACTIONS = {
    "HeadObject": "GetObject", "GetObject": "GetObject", "PutObject": "PutObject", "DeleteObject": "DeleteObject",
    "HeadBucket": "ListBucket", "ListObjectsV2": "ListBucket",
}
EVERYWHERE = {"cloudwatch:PutMetricData"}
FREE = {"sts:GetCallerIdentity"}  # anyone may ask who they are
# The kind of a resource of SageMaker's and the parameter that names it; several where AWS asks about several.
SAGEMAKER = {
    "CreateEndpoint": [("endpoint", "EndpointName"), ("endpoint-config", "EndpointConfigName")],
    "UpdateEndpoint": [("endpoint", "EndpointName"), ("endpoint-config", "EndpointConfigName")],
    "DescribeEndpoint": [("endpoint", "EndpointName")],
    "DeleteEndpoint": [("endpoint", "EndpointName")],
    "InvokeEndpoint": [("endpoint", "EndpointName")],
    "CreateEndpointConfig": [("endpoint-config", "EndpointConfigName")],
    "DescribeEndpointConfig": [("endpoint-config", "EndpointConfigName")],
    "CreateModel": [("model", "ModelName")],
    "DescribeModel": [("model", "ModelName")],
    "ListModelPackages": [("model-package-group", "ModelPackageGroupName")],
    "DescribeModelPackage": [("model-package", "ModelPackageName")],
    "UpdateModelPackage": [("model-package", "ModelPackageArn")],
    "CreatePipeline": [("pipeline", "PipelineName")],
    "UpdatePipeline": [("pipeline", "PipelineName")],
    "DescribePipeline": [("pipeline", "PipelineName")],
    "StartPipelineExecution": [("pipeline", "PipelineName")],
    "ListPipelineExecutions": [("pipeline", "PipelineName")],
    "DescribePipelineExecution": [("pipeline", "PipelineExecutionArn")],
    "DescribePipelineDefinitionForExecution": [("pipeline", "PipelineExecutionArn")],
    "ListPipelineExecutionSteps": [("pipeline", "PipelineExecutionArn")],
    "StopPipelineExecution": [("pipeline", "PipelineExecutionArn")],
    "DescribeTrainingJob": [("training-job", "TrainingJobName")],
    "DescribeProcessingJob": [("processing-job", "ProcessingJobName")],
}
GIT = {"git-upload-pack": "GitPull", "git-receive-pack": "GitPush"}


class Unlisted(Exception):
    """An operation that nobody has said the permission of."""


def key_of(call):
    """Whose key signed: git shows it as the user of Basic, AWS's helper for CodeCommit likewise."""
    authorization = call.headers.get("Authorization", "")
    if authorization.startswith("Basic "):
        return base64.b64decode(authorization[6:]).decode().split(":")[0].split("%")[0]
    presigned = dict(call.query).get("X-Amz-Credential")
    scope = re.search(r"Credential=([^/]+)/", f"Credential={presigned}/" if presigned else authorization)
    return scope[1] if scope else None


def asked(call, arn):
    """(action, resources)"""
    if call.path.startswith("/v1/repos/"):
        name = call.path.split("/")[3]
        service = dict(call.query).get("service") or call.path.split("/")[-1]
        return f"codecommit:{GIT[service]}", [arn("codecommit", name)]
    call.identify()
    given = sent.parameters(call, lambda _: None)
    name = call.operation.name
    service = "sagemaker" if call.service == "sagemaker-runtime" else call.service
    action = f"{service}:{name}"
    if action in FREE:
        return action, []
    if action in EVERYWHERE:
        return action, ["*"]
    if service == "s3" and name in S3_ACTIONS:
        return f"s3:{S3_ACTIONS[name]}", [in_bucket(given, name)]
    if service == "sagemaker" and name in SAGEMAKER:
        return action, [sagemaker(kind, given[member], arn) for kind, member in SAGEMAKER[name]]
    if found := OTHERS.get(action):
        return action, [arn(service, one) for one in found(given)]
    raise Unlisted(action)


def in_bucket(given, name):
    of_object = name.endswith("Object")
    return f"arn:aws:s3:::{given['Bucket']}" + (f"/{given['Key']}" if of_object else "")


def sagemaker(kind, value, arn):
    if not value.startswith("arn:"):
        return arn("sagemaker", f"{kind}/{value}")
    return value.split("/execution/")[0] if kind == "pipeline" else value


def repository(given):
    return [given["repositoryName"]]


OTHERS = {
    "cloudwatch:DescribeAlarms": lambda given: [f"alarm:{name}" for name in given.get("AlarmNames", ["*"])],
    "cloudwatch:DeleteAlarms": lambda given: [f"alarm:{name}" for name in given["AlarmNames"]],
    "cloudwatch:PutMetricAlarm": lambda given: [f"alarm:{given['AlarmName']}"],
    "codecommit:CreateBranch": repository,
    "codecommit:CreateCommit": repository,
    "codecommit:GetBranch": repository,
    "codecommit:GetFile": repository,
    "events:PutEvents": lambda given: ["event-bus/" + entry.get("EventBusName", "default") for entry in given["Entries"]],
}


def main(file, region, account):
    def arn(service, rest):
        return f"arn:aws:{service}:{region}:{account}:{rest}"

    with open(file, encoding="utf-8") as lines:
        for line in lines:
            call = calls.Call(json.loads(line))
            if call.path.startswith("/_plumbline/"):
                continue
            if (key := key_of(call)) is None:
                continue  # git asks once without credentials
            if not key.startswith("ASIA"):
                continue  # a person's own key, and no role behind it
            action, resources = asked(call, arn)
            print(json.dumps({"key": key, "action": action, "resources": resources}))


if __name__ == "__main__":
    main(*sys.argv[1:])
