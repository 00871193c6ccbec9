"""Puts or gets objects one after the other with boto3, and prints the seconds."""
import os
import sys
import time

import boto3
from botocore.config import Config

endpoint, key, secret, verb, size, count = sys.argv[1:]
s3 = boto3.client(
    "s3",
    endpoint_url=endpoint,
    aws_access_key_id=key,
    aws_secret_access_key=secret,
    region_name="us-east-1",
    config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}),
)
body = os.urandom(int(size))
if "bench" not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
    s3.create_bucket(Bucket="bench")

started = time.perf_counter()
for number in range(int(count)):
    name = f"{size}/{number}"
    if verb == "put":
        s3.put_object(Bucket="bench", Key=name, Body=body)
    else:
        read = s3.get_object(Bucket="bench", Key=name)["Body"].read()
        assert len(read) == len(body), f"{name}: {len(read)} bytes"
print(time.perf_counter() - started)
