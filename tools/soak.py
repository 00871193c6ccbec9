#!/usr/bin/env python3
"""Runs a local cloud for a long time under light, steady load, and reports what grows.

    tools/soak.py [--minutes 75] [--hours-a-minute 0] [--out FILE] [--plumb PROGRAM...]

It pushes, approves and deploys a project of `plumb new` that captures all requests. The load is 20 invocations a second,
S3 puts, reads and deletes, a pipeline execution every two minutes, and a build every five. Each minute it writes a line
to FILE (CSV): memory, open files and threads of the cloud's process, all its processes, the database, the data folder,
latency. At the end it prints the growth of each value per hour, by a straight line through the second half. The exit code
is 1 if requests failed or the cloud's health report has errors. Ctrl+C ends the run early, with the lines so far.
--hours-a-minute moves the clock forward, so that days of schedules, monitoring and deletion of old data pass. Needs
Python with boto3.
"""

import argparse
import collections
import csv
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAME = "moons"
INVOCATIONS_A_SECOND = 20
EXECUTION_EVERY = 120
BUILD_EVERY = 300


class Soak:
    """One local cloud with its project and its counters."""

    def __init__(self, plumb, folder, port):
        self.plumb, self.folder, self.data = plumb, folder, folder / "data"
        self.done = threading.Event()
        self.counts = collections.Counter()
        self.failures = collections.Counter()
        self.latencies = []
        self.lock = threading.Lock()
        self.environment = {**os.environ, "PLUMBLINE_DATA": str(self.data)}
        self.log = open(folder / "up.log", "w")
        self.cloud = subprocess.Popen(
            [*plumb, "up", "--port", str(port), "--console-port", "0", "--movable-clock"],
            env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True)
        self.wait_for(lambda: (self.data / "cloud.json").exists() and self.answers(), 60, "the local cloud")

    def answers(self):
        cloud = json.loads((self.data / "cloud.json").read_text())
        self.endpoint, self.region = cloud["endpoint"], cloud["region"]
        self.keys = Credentials(cloud["accessKeyId"], cloud["secretAccessKey"])
        try:
            self.client("sts").get_caller_identity()
            return True
        except Exception:
            return False

    def client(self, service):
        return boto3.session.Session().client(
            service, endpoint_url=self.endpoint, region_name=self.region,
            aws_access_key_id=self.keys.access_key, aws_secret_access_key=self.keys.secret_key,
            config=Config(retries={"max_attempts": 0}, read_timeout=60, s3={"addressing_style": "path"}))

    def own(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = AWSRequest(method, self.endpoint + path, data=data)
        SigV4Auth(self.keys, "plumbline", self.region).add_auth(request)
        sent = urllib.request.Request(request.url, data, dict(request.headers), method=method)
        with urllib.request.urlopen(sent, timeout=60) as answer:
            return json.loads(answer.read())

    @staticmethod
    def wait_for(condition, seconds, what):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"{what} did not appear within {seconds} s")
            time.sleep(0.2)

    def command(self, *arguments, cwd=None):
        done = subprocess.run([*self.plumb, *arguments], cwd=cwd, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
        return done.returncode, done.stdout

    def prepare(self):
        for arguments, where in [(["new", NAME], None), (["push"], NAME)]:
            code, text = self.command(*arguments, cwd=self.folder / (where or ""))
            if code:
                raise RuntimeError(f"plumb {' '.join(arguments)}: {text}")
        models = self.client("sagemaker")
        self.wait_for(lambda: models.list_model_packages(ModelPackageGroupName=NAME)["ModelPackageSummaryList"], 300,
                      "the first version")
        code, text = self.command("approve", "1", "--reason", "soak", cwd=self.folder / NAME)
        if code:
            raise RuntimeError(f"plumb approve: {text}")
        self.wait_for(lambda: models.describe_endpoint(EndpointName=NAME)["EndpointStatus"] == "InService", 300, "the endpoint")
        self.client("s3").create_bucket(Bucket="soak")

    def every(self, seconds, what, act):
        """Repeats an action until the end, and counts successes and failures."""
        def run():
            due = time.monotonic()
            while not self.done.is_set():
                try:
                    act()
                    self.counts[what] += 1
                except Exception as problem:
                    text = f"{what}: {type(problem).__name__}: {str(problem)[:160]}"
                    if text not in self.failures:
                        print(time.strftime("%H:%M:%S"), text, flush=True)
                    self.failures[text] += 1
                due = max(due + seconds, time.monotonic() - 5)
                self.done.wait(max(0, due - time.monotonic()))
        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def start(self):
        runtime, s3, build = self.client("sagemaker-runtime"), self.client("s3"), self.client("codebuild")
        draw = random.Random(1)

        def invoke():
            row = f"{draw.uniform(-1, 2):.3f},{draw.uniform(-1, 1):.3f}"
            began = time.monotonic()
            runtime.invoke_endpoint(EndpointName=NAME, ContentType="text/csv", Accept="application/json", Body=row)["Body"].read()
            with self.lock:
                self.latencies.append((time.monotonic() - began) * 1000)

        def store():
            key, body = f"k{draw.randrange(200)}", draw.randbytes(draw.choice([100, 10_000, 300_000]))
            s3.put_object(Bucket="soak", Key=key, Body=body)
            if s3.get_object(Bucket="soak", Key=key)["Body"].read() != body:
                raise AssertionError("other bytes came back")
            s3.list_objects_v2(Bucket="soak")
            s3.delete_object(Bucket="soak", Key=f"k{draw.randrange(200)}")

        def retrain():
            _, text = self.command("retrain", cwd=self.folder / NAME)
            if "Started" not in text and "Not started." not in text:
                raise RuntimeError(text.strip()[-150:])

        return [
            self.every(1 / INVOCATIONS_A_SECOND, "invoke", invoke), self.every(0.5, "s3", store),
            self.every(EXECUTION_EVERY, "execution", retrain),
            self.every(BUILD_EVERY, "build", lambda: build.start_build(projectName=f"{NAME}-build")),
        ]

    def sample(self):
        process = pathlib.Path(f"/proc/{self.cloud.pid}")
        status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        with self.lock:
            latencies, self.latencies = sorted(self.latencies), []
        below = descendants(self.cloud.pid)
        return {
            "rss_mib": int(status["VmRSS"].split()[0]) / 1024,
            "files": len(list((process / "fd").iterdir())),
            "threads": int(status["Threads"]),
            "processes": len(below),
            "children_rss_mib": sum(map(rss_mib, below)),
            "database_mib": sum(size(self.data / ("plumbline.db" + end)) for end in ("", "-wal")) / 2**20,
            "data_mib": disk(self.data) / 2**20,
            "entries": sum(len(folders) + len(files) for _, folders, files in os.walk(self.data)),
            "p50_ms": latencies[len(latencies) // 2] if latencies else 0,
            "p99_ms": latencies[len(latencies) * 99 // 100] if latencies else 0,
            "invocations": len(latencies),
            "failures": sum(self.failures.values()),
        }

    def stop(self):
        if self.cloud.poll() is None:
            self.cloud.send_signal(signal.SIGTERM)
            self.cloud.wait(60)
        # Model servers outlive their cloud on purpose. Their locks do not name a process, but their command lines name the folder.
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if str(self.data) in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace") and int(pid) != os.getpid():
                    os.kill(int(pid), signal.SIGKILL)
            except OSError:
                pass


def size(path):
    return path.stat().st_size if path.exists() else 0


def disk(folder):
    return int(subprocess.run(["du", "-s", "--block-size=1", folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.split()[0])


def rss_mib(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:
        return 0


def descendants(root):
    parents = collections.defaultdict(list)
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            parents[int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])].append(int(pid))
        except OSError:
            pass
    found, left = [], [root]
    while left:
        below = parents[left.pop()]
        found += below
        left += below
    return found


def slope_an_hour(minutes, values):
    """The slope of the best straight line, in units per hour."""
    mean_x, mean_y = sum(minutes) / len(minutes), sum(values) / len(values)
    spread = sum((x - mean_x) ** 2 for x in minutes)
    return 60 * sum((x - mean_x) * (y - mean_y) for x, y in zip(minutes, values)) / spread if spread else 0


def report(lines):
    if not lines:
        return
    half = lines[len(lines) // 2:]
    minutes = [line["minute"] for line in half]
    print(f"{'':18}{'first':>10}{'last':>10}{'most':>10}{'an hour':>10}   (second half: {len(half)} minutes)")
    for name in [name for name in lines[0] if name != "minute"]:
        values = [line[name] for line in lines]
        rise = slope_an_hour(minutes, [line[name] for line in half])
        print(f"{name:18}{values[0]:10.1f}{values[-1]:10.1f}{max(values):10.1f}{rise:+10.1f}")


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--minutes", type=float, default=75)
    words.add_argument("--hours-a-minute", type=float, default=0)
    words.add_argument("--out", type=pathlib.Path, default=pathlib.Path("soak.csv"))
    words.add_argument("--plumb", nargs="+", default=[str(ROOT / "plumb")])
    asked = words.parse_args()

    folder = pathlib.Path(tempfile.mkdtemp(prefix="plumbline-soak-"))
    soak = Soak(asked.plumb, folder, 0)
    try:
        soak.prepare()
        soak.start()
        began, lines = time.monotonic(), []
        with open(asked.out, "w", newline="") as out:
            while time.monotonic() - began < asked.minutes * 60 and soak.cloud.poll() is None:
                try:
                    time.sleep(60)
                except KeyboardInterrupt:
                    break
                if asked.hours_a_minute:
                    soak.own("POST", "/_plumbline/clock", {"advanceSeconds": asked.hours_a_minute * 3600})
                lines.append({"minute": round((time.monotonic() - began) / 60, 2), **soak.sample()})
                writer = csv.DictWriter(out, lines[0])
                if len(lines) == 1:
                    writer.writeheader()
                writer.writerow({name: round(value, 2) for name, value in lines[-1].items()})
                out.flush()
        soak.done.set()
        ended = soak.cloud.poll()
        health = soak.own("GET", "/_plumbline/health") if ended is None else {}
        report(lines)
        print("done:", dict(soak.counts))
        print("failed:", dict(soak.failures))
        print("health:", {name: value for name, value in health.items() if value} if ended is None else f"the cloud ended with {ended}")
        bad = ended is not None or soak.failures or health["setAside"] or health["errors"]
        if bad:
            print("its log:", (folder / "up.log").read_text()[-3000:])
        return 1 if bad else 0
    finally:
        soak.done.set()
        soak.stop()
        soak.log.close()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
