"""Uses S3 like any script with unmodified boto3: the endpoint and the keys come from the environment."""

import hashlib
import io
import json
import os
import sys
import tempfile
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
bucket = sys.argv[1]
s3.create_bucket(Bucket=bucket)
s3.get_waiter("bucket_exists").wait(Bucket=bucket)
assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None

odd = "odd/é 中 😀 +%20&?#.txt"
put = s3.put_object(Bucket=bucket, Key=odd, Body=b"hello", Metadata={"Who": "me"}, ContentType="text/plain")
assert put["ChecksumCRC32"], put
got = s3.get_object(Bucket=bucket, Key=odd)
assert got["Body"].read() == b"hello"
assert got["Metadata"] == {"who": "me"} and got["ContentType"] == "text/plain"
assert s3.get_object(Bucket=bucket, Key=odd, Range="bytes=1-3")["Body"].read() == b"ell"

control = "control\x01\x1f"
s3.put_object(Bucket=bucket, Key=control, Body=b"")
keys = [entry["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 1}) for entry in page["Contents"]]
assert keys == [control, odd], keys
s3.delete_object(Bucket=bucket, Key=control)  # boto3 writes invalid XML for this key in a DeleteObjects request

with tempfile.TemporaryDirectory() as folder:
    source, target = os.path.join(folder, "a"), os.path.join(folder, "b")
    content = os.urandom(17 << 20)
    with open(source, "wb") as file:
        file.write(content)
    s3.upload_file(source, bucket, "large", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
    head = s3.head_object(Bucket=bucket, Key="large", ChecksumMode="ENABLED")
    parts = [hashlib.md5(content[at : at + (5 << 20)]).digest() for at in range(0, len(content), 5 << 20)]
    assert head["ETag"] == f'"{hashlib.md5(b"".join(parts)).hexdigest()}-4"', head
    s3.download_file(bucket, "large", target, Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
    with open(target, "rb") as file:
        assert file.read() == content
    s3.copy({"Bucket": bucket, "Key": "large"}, bucket, "copied", Config=TransferConfig(multipart_threshold=5 << 20))
    assert s3.get_object(Bucket=bucket, Key="copied")["Body"].read() == content

s3.upload_fileobj(io.BytesIO(b"streamed"), bucket, "streamed")
for algorithm in "CRC32", "SHA1", "SHA256":
    s3.put_object(Bucket=bucket, Key="sum", Body=b"123456789", ChecksumAlgorithm=algorithm)
    assert s3.get_object(Bucket=bucket, Key="sum", ChecksumMode="ENABLED")["Body"].read() == b"123456789"

try:
    s3.put_object(Bucket=bucket, Key="sum", Body=b"", IfNoneMatch="*")
    raise AssertionError("replaced")
except ClientError as error:
    assert error.response["Error"]["Code"] == "PreconditionFailed", error

signer = boto3.client("s3", config=Config(signature_version="s3v4"))
url = signer.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": odd})
assert urllib.request.urlopen(url).read() == b"hello"

try:
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]})
    raise AssertionError("configured")
except ClientError as error:
    assert error.response["Error"]["Code"] == "NotImplemented" and "PutBucketCors" in str(error), error

assert [entry["Name"] for entry in s3.list_buckets()["Buckets"]].count(bucket) == 1
gone = [{"Key": entry["Key"]} for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
assert len(s3.delete_objects(Bucket=bucket, Delete={"Objects": gone})["Deleted"]) == len(gone)
s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
first = s3.put_object(Bucket=bucket, Key=odd, Body=b"1")["VersionId"]
marker = s3.delete_object(Bucket=bucket, Key=odd)["VersionId"]
listed = s3.list_object_versions(Bucket=bucket)
assert [entry["VersionId"] for entry in listed["Versions"]] == [first]
assert [(entry["VersionId"], entry["IsLatest"]) for entry in listed["DeleteMarkers"]] == [(marker, True)]
boto3.resource("s3").Bucket(bucket).object_versions.delete()
s3.delete_bucket(Bucket=bucket)

iam, sts = boto3.client("iam"), boto3.client("sts")
trusted = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "sts:AssumeRole"}
trust = {"Version": "2012-10-17", "Statement": [trusted]}
role = iam.create_role(RoleName="boto3", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
assert iam.get_role(RoleName="boto3")["Role"]["AssumeRolePolicyDocument"] == trust
allow = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}}'
iam.put_role_policy(RoleName="boto3", PolicyName="list", PolicyDocument=allow)
keys = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="me")["Credentials"]
session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
assert session.client("sts").get_caller_identity()["Arn"] == "arn:aws:sts::000000000000:assumed-role/boto3/me"
session.client("s3").list_buckets()
iam.delete_role_policy(RoleName="boto3", PolicyName="list")
policy = iam.create_policy(PolicyName="boto3", PolicyDocument=allow)["Policy"]
iam.attach_role_policy(RoleName="boto3", PolicyArn=policy["Arn"])
session.client("s3").list_buckets()
attached = iam.get_paginator("list_attached_role_policies").paginate(RoleName="boto3").build_full_result()
assert attached["AttachedPolicies"] == [{"PolicyName": "boto3", "PolicyArn": policy["Arn"]}]
assert iam.get_policy(PolicyArn=policy["Arn"])["Policy"]["AttachmentCount"] == 1
version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId="v1")["PolicyVersion"]
assert version["Document"] == json.loads(allow) and version["IsDefaultVersion"]
iam.detach_role_policy(RoleName="boto3", PolicyArn=policy["Arn"])
iam.delete_policy(PolicyArn=policy["Arn"])
bucket = "boto3-policies"
s3.create_bucket(Bucket=bucket)
everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}
document = json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
s3.put_bucket_policy(Bucket=bucket, Policy=document)
assert s3.get_bucket_policy(Bucket=bucket)["Policy"] == document
assert s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"] == {"IsPublic": True}
s3.put_object(Bucket=bucket, Key="k", Body=b"b")
assert session.client("s3").get_object(Bucket=bucket, Key="k")["Body"].read() == b"b"
s3.delete_bucket_policy(Bucket=bucket)
s3.delete_object(Bucket=bucket, Key="k")
s3.delete_bucket(Bucket=bucket)
iam.delete_role(RoleName="boto3")
print("done")
