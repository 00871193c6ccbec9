"""Tests the gateway through boto3; prints done. usage: boto3_gateway.py BUCKET"""
import sys, urllib.error, urllib.request
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

once = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
s3 = boto3.client("s3", config=once)
bucket = sys.argv[1]


def error(call, **input):
    try:
        call(**input)
    except ClientError as refused:
        return refused.response["Error"]
    raise AssertionError("no error was answered")


def http(url, method="GET", body=None, headers={}):
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, data=body, method=method, headers=headers))
        return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


# After a refused put and after an empty put, the connection must be usable for the next request.
for _ in range(3):
    assert error(s3.put_object, Bucket=bucket + "-none", Key="k", Body=b"bar")["Code"] == "NoSuchBucket"
    s3.list_buckets()
s3.create_bucket(Bucket=bucket)
for _ in range(3):
    assert s3.put_object(Bucket=bucket, Key="empty", Body=b"")["ETag"]
    assert s3.put_object(Bucket=bucket, Key="k", Body=b"full")["ETag"]
    missing = error(s3.put_object, Bucket=bucket + "-none", Key="k", Body=b"bar")
    assert missing["Code"] == "NoSuchBucket", missing

# Presigned addresses of boto3, with the default signature version and with a chosen one.
newer = boto3.client("s3", config=once.merge(Config(signature_version="s3v4")))
for client in (s3, newer):
    made = client.generate_presigned_url
    key = "a+b c/é"
    url = made("put_object", Params={"Bucket": bucket, "Key": key, "ContentType": "text/plain"})
    assert http(url, "PUT", b"text", {"Content-Type": "text/plain"})[0] == 200
    assert http(made("get_object", Params={"Bucket": bucket, "Key": key})) == (200, b"text")
    assert http(made("list_objects_v2", Params={"Bucket": bucket}))[0] == 200
    assert http(made("head_object", Params={"Bucket": bucket, "Key": key}), "HEAD")[0] == 200
    assert http(made("delete_object", Params={"Bucket": bucket, "Key": key}), "DELETE")[0] == 204

# Services that the cloud does not have, in each of the protocols.
for service, operation, input in (
    ("lambda", "list_functions", {}),
    ("kms", "list_keys", {}),
    ("sqs", "list_queues", {}),
    ("dynamodb", "list_tables", {}),
    ("ec2", "describe_vpcs", {}),
    ("rds", "describe_db_instances", {}),
    ("route53", "list_hosted_zones", {}),
    ("stepfunctions", "list_state_machines", {}),
    ("sagemaker-featurestore-runtime", "get_record", {"FeatureGroupName": "f", "RecordIdentifierValueAsString": "1"}),
):
    refused = error(getattr(boto3.client(service, config=once), operation), **input)
    assert refused["Code"] == "NotImplemented", (service, refused)
    assert f"does not implement {service} " in refused["Message"], (service, refused)
print("done")
