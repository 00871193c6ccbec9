"""Uses CloudWatch, Logs, SNS and EventBridge through unmodified boto3."""

import json
import time
from datetime import datetime, timedelta, timezone

import boto3
from botocore.exceptions import ClientError

cloudwatch, logs, sns, events = (boto3.client(name) for name in ("cloudwatch", "logs", "sns", "events"))
now = datetime.now(timezone.utc)

topic = sns.create_topic(Name="boto3")["TopicArn"]
sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="a@example.org")
assert sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"][0]["SubscriptionArn"] == "PendingConfirmation"

events.put_rule(Name="boto3", EventPattern=json.dumps({"source": ["boto3"], "detail": {"n": [{"numeric": [">", 1]}]}}))
assert events.put_targets(Rule="boto3", Targets=[{"Id": "t", "Arn": topic}])["FailedEntryCount"] == 0
entry = {"Source": "boto3", "DetailType": "d"}
put = events.put_events(Entries=[entry | {"Detail": json.dumps({"n": n})} for n in (1, 2)])
assert put["FailedEntryCount"] == 0

cloudwatch.put_metric_alarm(
    AlarmName="boto3",
    Namespace="Boto3",
    MetricName="accuracy",
    Statistic="Average",
    Period=300,
    EvaluationPeriods=1,
    Threshold=0.9,
    ComparisonOperator="LessThanThreshold",
    TreatMissingData="ignore",
    AlarmActions=[topic],
)
cloudwatch.put_metric_data(
    Namespace="Boto3",
    MetricData=[{"MetricName": "accuracy", "Values": [0.25, 0.75], "Counts": [1.0, 3.0], "Timestamp": now}],
)
cloudwatch.get_waiter("alarm_exists").wait(AlarmNames=["boto3"])
for _ in range(600):
    alarm = cloudwatch.describe_alarms(AlarmNames=["boto3"])["MetricAlarms"][0]
    if alarm["StateValue"] == "ALARM":
        break
    time.sleep(0.1)
assert alarm["StateValue"] == "ALARM", alarm
assert isinstance(alarm["StateUpdatedTimestamp"], datetime)
data = cloudwatch.get_metric_data(
    MetricDataQueries=[
        {
            "Id": "m",
            "MetricStat": {
                "Metric": {"Namespace": "Boto3", "MetricName": "accuracy", "Dimensions": []},
                "Period": 60,
                "Stat": "Average",
            },
        }
    ],
    StartTime=now - timedelta(minutes=5),
    EndTime=now + timedelta(minutes=5),
)
assert data["MetricDataResults"][0]["Values"] == [0.625], data
assert [m["MetricName"] for p in cloudwatch.get_paginator("list_metrics").paginate(Namespace="Boto3") for m in p["Metrics"]] == ["accuracy"]

logs.create_log_group(logGroupName="boto3")
logs.create_log_stream(logGroupName="boto3", logStreamName="s")
at = int(now.timestamp() * 1000)
logs.put_log_events(
    logGroupName="boto3",
    logStreamName="s",
    logEvents=[{"timestamp": at + n, "message": f"line {n}"} for n in range(25)],
)
pages = logs.get_paginator("filter_log_events").paginate(
    logGroupName="boto3", filterPattern="line", PaginationConfig={"PageSize": 10}
)
assert [e["message"] for p in pages for e in p["events"]] == [f"line {n}" for n in range(25)]

for _ in range(600):
    told = [
        json.loads(json.loads(e["message"])["notification"]["message"])
        for e in logs.filter_log_events(logGroupName=topic.replace("arn:aws:", "").replace(":", "/"))["events"]
    ]
    if len(told) == 2:
        break
    time.sleep(0.1)
assert {t.get("AlarmName") or t["detail"]["n"] for t in told} == {"boto3", 2}, told

try:
    sns.publish(TopicArn=topic + "x", Message="m")
    raise AssertionError("published")
except ClientError as error:
    assert error.response["Error"]["Code"] == "NotFound", error
try:
    events.put_rule(Name="bad", EventPattern='{"a": []}')
    raise AssertionError("put")
except events.exceptions.InvalidEventPatternException:
    pass

print("done")
