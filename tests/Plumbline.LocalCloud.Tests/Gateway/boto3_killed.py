"""Puts objects through boto3 until the server is gone, and records each put that boto3 reports as done. usage: boto3_killed.py BUCKET NOTES"""
import itertools, sys, threading
import boto3
from botocore.config import Config

bucket, notes = sys.argv[1], open(sys.argv[2], "a", buffering=1)
once = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
one = threading.Lock()


def put_all(writer):
    s3 = boto3.session.Session().client("s3", config=once)
    for number, size in zip(itertools.count(), itertools.cycle([0, 100, 5000, 70000])):
        key = f"{writer}-{number}"
        try:
            answer = s3.put_object(Bucket=bucket, Key=key, Body=b"x" * size)
        except Exception:
            return
        with one:
            notes.write(f"{key} {answer.get('ETag')}\n")


writers = [threading.Thread(target=put_all, args=(writer,)) for writer in range(8)]
for writer in writers:
    writer.start()
for writer in writers:
    writer.join()
print("done")
