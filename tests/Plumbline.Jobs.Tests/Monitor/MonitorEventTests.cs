using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Monitor;

[Collection("processes")]
public sealed class MonitorEventTests : MonitoredTraffic
{
    [Fact]
    public async Task A_commit_that_waits_for_its_training_is_asked_for_again()
    {
        var told = await ListenAsync(
            """{"source":["plumbline"],"detail-type":["Push Waiting"],"detail":{"project":["sample"]}}"""
        );
        await RunAsync("--endpoint", "pets");
        await cloud.PutAsync(Layout.WaitingPush, "{}\n");
        await RunAsync("--endpoint", "pets");
        await Eventually.Async(told, count => count == 1);
    }

    [Fact]
    public async Task A_standing_alarm_is_told_again_and_a_cleared_one_is_not()
    {
        var told = await ListenAsync();
        await cloud.CloudWatch.PutMetricAlarmAsync(
            ProcessingCloud.Json(
                """
                {"AlarmName":"sample-accuracy","Namespace":"Plumbline/ModelQuality","MetricName":"accuracy","Statistic":"Minimum",
                 "Dimensions":[{"Name":"Endpoint","Value":"pets"},{"Name":"MonitoringSchedule","Value":"sample-monitor"}],
                 "Period":300,"EvaluationPeriods":1,"DatapointsToAlarm":1,"Threshold":0.8,
                 "ComparisonOperator":"LessThanThreshold","TreatMissingData":"ignore"}
                """
            )
        );
        await TrafficAsync(right: 2, wrong: 18, unlabelled: 0);

        await RunAsync("--endpoint", "pets");
        await Eventually.Async(
            () => cloud.CloudWatch.DescribeAlarmsAsync(),
            alarms => alarms.MetricAlarms.First().StateValue == StateValue.Alarm
        );
        (await told()).ShouldBe(0);

        await RunAsync("--endpoint", "pets");
        await Eventually.Async(told, count => count == 1);

        await TrafficAsync(right: 200, wrong: 0, unlabelled: 0);
        await RunAsync("--endpoint", "pets");
        (await told()).ShouldBe(1);
    }

    [Fact]
    public async Task Labels_that_have_grown_ask_for_a_training_unless_a_limit_forbids_it()
    {
        var told = await ListenAsync(
            """{"source":["plumbline"],"detail-type":["Training Due"],"detail":{"trigger":["growth"]}}"""
        );
        // Under 250 labels in a measurement are few: then all new ones count.
        await TrafficAsync(right: 300, wrong: 0, unlabelled: 0);
        await RunAsync("--endpoint", "pets");
        await RegisterAsync(rows: 5_000, Now.AddDays(-3));
        await RunAsync("--endpoint", "pets");
        await RegisterAsync(rows: 100, Now.AddHours(-23));
        await RunAsync("--endpoint", "pets");
        (await told()).ShouldBe(0, "nothing registered, little growth, cool-down");

        // It awaits approval, and has learned none of the labels.
        await RegisterAsync(rows: 100, Now.AddDays(-2));
        await RunAsync("--endpoint", "pets");

        await Eventually.Async(told, count => count == 1);
    }

    [Fact]
    public async Task A_change_asks_for_a_training_if_the_alarm_is_quiet()
    {
        var told = await ListenAsync(
            """{"source":["plumbline"],"detail-type":["Training Due"],"detail":{"trigger":["change"]}}"""
        );
        await RegisterAsync(rows: 5_000, Now.AddDays(-5), status: "Rejected");
        await TrafficAsync(right: 120, wrong: 0, unlabelled: 0);
        await RunAsync("--endpoint", "pets");
        var report = await cloud.GetAsync("monitor/runs/2026-03-02T00-00-00Z/report.json");
        var before = report.Replace("2026-03-0", "2026-02-0", StringComparison.Ordinal);
        await cloud.PutAsync("monitor/runs/2026-02-02T00-00-00Z/report.json", before);
        await TrafficAsync(right: 0, wrong: 20, unlabelled: 0);

        await RunAsync("--endpoint", "pets");

        // 120 of 140 are right: over the threshold 0.8, and far under the 1.0 of before.
        await Eventually.Async(told, count => count == 1);
    }

    [Fact]
    public async Task Labels_that_change_nothing_are_not_asked_for_after_a_training_whose_candidates_gained_little()
    {
        const string Execution = "arn:aws:sagemaker:us-east-1:000000000000:pipeline/sample-training/execution/abc";
        var precise = Project with { Monitor = Project.Monitor with { AuditShare = 0.5, Precision = 0.02 } };
        await TrafficAsync(right: 600, wrong: 12, unlabelled: 300);
        await RegisterAsync(rows: 5_000, Now.AddDays(-1), execution: Execution);
        await RunAsync(precise, "--endpoint", "pets");
        (await UncertainAsync()).ShouldBeGreaterThan(0, "without a comparison nothing is known");

        await PutComparisonAsync("abc", gained: 5, lost: 3, rows: 1_000);
        await RunAsync(precise, "--endpoint", "pets");
        (await UncertainAsync()).ShouldBe(0);
        var report = RecordJson.Read<MonitorReport>(
            await cloud.GetAsync("monitor/runs/2026-03-02T00-00-00Z/report.json"),
            "report.json"
        );
        report.MostGain!.Value.ShouldBeInRange(0.002, 0.02);
        LabelsWanted.Of(precise, report).Sentence.ShouldContain("the candidates of the newest training gained at most");

        await PutComparisonAsync("abc", gained: 90, lost: 3, rows: 1_000);
        await RunAsync(precise, "--endpoint", "pets");
        (await UncertainAsync()).ShouldBeGreaterThan(0, "a candidate gained 8 points");
    }

    private async Task<int> UncertainAsync() =>
        (await cloud.GetAsync(Layout.UncertainQueue)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Stores the comparison of an execution with one candidate.</summary>
    private Task PutComparisonAsync(string execution, int gained, int lost, int rows)
    {
        var nothing = new SetEvaluation { Rows = 0 };
        var figures = new ModelFigures(nothing, nothing);
        var report = new ComparisonReport
        {
            New = new CandidateReport
            {
                Accepted = "true",
                Reason = "It may be.",
                Figures = figures,
                Recent = PairedComparison.Of(gained, lost, rows),
                Base = PairedComparison.Of(0, 0, 0),
            },
            Production = figures,
            Recommended = "new",
            Reason = "It may be.",
        };
        return cloud.PutAsync(Layout.Comparison(execution), RecordJson.Write(report));
    }

    /// <summary>Registers a version that was trained on a data set of this size.</summary>
    private async Task RegisterAsync(
        int rows,
        DateTimeOffset learned,
        string status = "PendingManualApproval",
        string? execution = null
    )
    {
        var manifest = new DataSetManifest
        {
            Project = "sample",
            Features = ["a", "b"],
            Labels = Project.Labels,
            Split = SplitRule.Of(Project.Data),
            Base = new BaseManifest($"{learned:s}", rows, 0, 0),
            Corrections = new CorrectionsManifest(),
            Files = new Dictionary<string, FileManifest>(),
            Time = learned,
        };
        await cloud.PutAsync(Layout.Manifest(manifest.Version), RecordJson.Write(manifest));
        var sageMaker = new SageMakerClient(cloud.Connection);
        var group = new JsonObject { ["ModelPackageGroupName"] = "sample" };
        try
        {
            await sageMaker.CreateModelPackageGroupAsync(group);
        }
        catch (AwsException exists) when (exists.IsExisting())
        {
            // An earlier version made it. Its candidates have been decided on.
        }

        foreach (var one in (await sageMaker.ListModelPackagesAsync(group)).ModelPackageSummaryList)
        {
            await sageMaker.UpdateModelPackageAsync(
                new JsonObject { ["ModelPackageArn"] = one.ModelPackageArn, ["ModelApprovalStatus"] = "Rejected" }
            );
        }

        await sageMaker.CreateModelPackageAsync(
            new JsonObject
            {
                ["ModelPackageGroupName"] = "sample",
                ["ModelApprovalStatus"] = status,
                ["CustomerMetadataProperties"] = new JsonObject { [ModelMetadata.DataSetVersion] = manifest.Version },
                ["MetadataProperties"] = execution is null ? null : new JsonObject { ["GeneratedBy"] = execution },
            }
        );
    }

    /// <summary>Counts the events that a rule like the loop's passes to a topic.</summary>
    private async Task<Func<Task<int>>> ListenAsync(
        string pattern =
            """{"source":["plumbline"],"detail-type":["Accuracy Still Low"],"detail":{"alarmName":["sample-accuracy"]}}"""
    )
    {
        var connection = cloud.Connection;
        var topic = await new SnsClient(connection).CreateTopicAsync(new JsonObject { ["Name"] = "told" });
        var events = new EventsClient(connection);
        await events.PutRuleAsync(new JsonObject { ["Name"] = "still-low", ["EventPattern"] = pattern });
        var arn = topic["TopicArn"]!.GetValue<string>();
        await events.PutTargetsAsync(
            new JsonObject
            {
                ["Rule"] = "still-low",
                ["Targets"] = new JsonArray(new JsonObject { ["Id"] = "topic", ["Arn"] = arn }),
            }
        );
        // The local cloud writes published messages into the topic's log group.
        var group = "sns/" + string.Join('/', arn.Split(':')[3..]);
        return async () =>
        {
            var logs = new LogsClient(connection);
            try
            {
                var found = await logs.FilterLogEventsAsync(new JsonObject { ["logGroupName"] = group });
                return found.Events.Count();
            }
            catch (AwsException e) when (e.Code == "ResourceNotFoundException")
            {
                return 0;
            }
        };
    }
}
