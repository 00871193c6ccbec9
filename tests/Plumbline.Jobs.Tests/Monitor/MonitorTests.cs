using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Monitor;

[Collection("processes")]
public sealed class MonitorTests : MonitoredTraffic
{
    [Fact]
    public async Task The_accuracy_of_the_window_is_published_with_its_interval_and_the_report_is_written()
    {
        await TrafficAsync(right: 18, wrong: 2, unlabelled: 3);
        await RunAsync("--endpoint", "pets", "--at", "2026-03-02T00:00:00Z");

        (await MetricAsync("accuracy")).ShouldBe(0.9);
        (await MetricAsync("accuracy_lower"))!.Value.ShouldBe(0.699, 0.001);
        (await MetricAsync("accuracy_upper"))!.Value.ShouldBe(0.972, 0.001);
        (await MetricAsync("labels")).ShouldBe(20);

        var report = await ReportAsync("2026-03-02T00-00-00Z");
        report.State.ShouldBe(MonitorState.Measured);
        report.Unreviewed.ShouldBe(3);
        var statistics = JsonNode.Parse(await cloud.GetAsync("monitor/runs/2026-03-02T00-00-00Z/statistics.json"))!;
        statistics["dataset"]!["start_time"]!.GetValue<string>().ShouldBe("2026-03-01T00:00:00Z");
        statistics["multiclass_classification_metrics"]!["accuracy"]!["value"]!.GetValue<double>().ShouldBe(0.9);
        var queue = (await cloud.GetAsync(Layout.AuditQueue)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        queue.Length.ShouldBe(3);
        RecordJson.Read<ReviewItem>(queue[0], "queue").Features.ShouldBe("1,2");
        (await cloud.GetAsync(Layout.UncertainQueue)).ShouldBe("");
    }

    [Fact]
    public async Task Nothing_to_measure_yet_succeeds_and_publishes_no_accuracy()
    {
        await RunAsync("--endpoint", "pets");
        (await MetricAsync("accuracy")).ShouldBeNull();
        (await MetricAsync("labels")).ShouldBe(0);
        (await ReportAsync("2026-03-02T00-00-00Z")).Explanation.ShouldStartWith("Nothing to measure yet");
    }

    [Fact]
    public async Task Too_few_labels_publish_their_number_only()
    {
        await TrafficAsync(right: 9, wrong: 0, unlabelled: 0);
        await RunAsync("--endpoint", "pets");
        (await MetricAsync("accuracy")).ShouldBeNull();
        (await MetricAsync("labels")).ShouldBe(9);
    }

    [Fact]
    public async Task Any_window_can_be_replayed_and_files_of_other_hours_are_not_read()
    {
        await TrafficAsync(right: 10, wrong: 0, unlabelled: 0);
        await cloud.PutAsync($"captures/pets/AllTraffic/{Layout.Hour(Now.AddHours(1))}/broken.jsonl", "broken\n");
        await cloud.PutAsync($"captures/pets/AllTraffic/{Layout.Hour(Now.AddDays(-2))}/broken.jsonl", "broken\n");
        await RunAsync("--endpoint", "pets", "--from", "2026-03-01T06:00:00Z", "--to", "2026-03-01T18:00:00Z");
        var report = await ReportAsync("2026-03-02T00-00-00Z", "replays");
        report.Window.From.ShouldBe(new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));
        report.Labels.ShouldBe(10);
        report.Counts.BrokenLines.ShouldBe(0);
    }

    [Fact]
    public async Task A_replay_publishes_nothing_and_leaves_the_review_lists_alone()
    {
        await TrafficAsync(right: 5, wrong: 15, unlabelled: 3);
        await RunAsync("--endpoint", "pets", "--from", "2026-03-01T06:00:00Z", "--to", "2026-03-01T18:00:00Z");

        (await ReportAsync("2026-03-02T00-00-00Z", "replays")).Low.ShouldBeTrue();
        (await MetricAsync("accuracy")).ShouldBeNull();
        (await MetricAsync("labels")).ShouldBeNull();
        (await cloud.KeysAsync("monitor/queue/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_malformed_line_is_told_with_its_place_and_the_figure_is_published()
    {
        await TrafficAsync(right: 18, wrong: 2, unlabelled: 0);
        var hour = Layout.Hour(Now.AddHours(-2));
        await cloud.PutAsync(
            $"corrections/{hour}/app.jsonl",
            "\n{\"id\":\"x\",\"joinKey\":\"visit-1\",\"label\":\"yes\"}\n"
        );
        await cloud.PutAsync($"ground-truth/{hour}/nightly.jsonl", "nonsense\n");
        await cloud.PutAsync($"captures/pets/AllTraffic/{hour}/b.jsonl", "nonsense\n");
        await RunAsync("--endpoint", "pets");

        (await MetricAsync("accuracy")).ShouldBe(0.9);
        var report = await ReportAsync("2026-03-02T00-00-00Z");
        report.Counts.SetAside.Lines.ShouldBe(3);
        report.Explanation.ShouldContain("3 lines cannot be read and are set aside: ");
        report.Explanation.ShouldContain($"corrections/{hour}/app.jsonl:2: is not a Correction");
        report.Explanation.ShouldContain($"ground-truth/{hour}/nightly.jsonl:1: is not ground truth");
        report.Explanation.ShouldContain($"captures/pets/AllTraffic/{hour}/b.jsonl:1: is not a capture");
    }

    [Fact]
    public async Task A_delivered_label_measures_although_somebody_volunteered_the_same()
    {
        await TrafficAsync(right: 9, wrong: 0, unlabelled: 0);
        var volunteered = new Correction
        {
            Id = Guid.CreateVersion7(Now.AddHours(-3)),
            JoinKey = "request-9",
            InferenceTime = Now.AddHours(-12),
            Endpoint = "pets",
            Features = "1,2",
            Predicted = "cat",
            Label = "dog",
            List = ReviewList.Volunteered,
            Reviewer = "ann",
            Time = Now.AddHours(-3),
        };
        captures.Add(Capture("request-9"));
        await cloud.PutAsync($"captures/pets/AllTraffic/{Layout.Hour(Now.AddHours(-12))}/b.jsonl", captures[^1] + "\n");
        var corrections = $"{Layout.Hour(Now.AddHours(-3))}/{volunteered.Id}.jsonl";
        await cloud.PutAsync(Layout.Corrections + corrections, CorrectionLog.ToLine(volunteered) + "\n");
        await cloud.PutAsync(Layout.GroundTruth + corrections, volunteered.ToGroundTruth().ToLine() + "\n");
        await RunAsync("--endpoint", "pets");
        (await MetricAsync("labels")).ShouldBe(9);

        await cloud.PutAsync(
            $"ground-truth/{Layout.Hour(Now.AddHours(-1))}/nightly.jsonl",
            new GroundTruthRecord { EventId = "request-9", Data = "dog" }.ToLine()
        );
        await RunAsync("--endpoint", "pets");
        (await ReportAsync("2026-03-02T00-00-00Z")).Labels.ShouldBe(10);
    }

    [Fact]
    public async Task The_program_takes_its_window_from_its_arguments()
    {
        await TrafficAsync(right: 18, wrong: 2, unlabelled: 0);
        await cloud.PutAsync("projects/p.json", Project.ToJson());
        string[] arguments =
        [
            "monitor",
            "--project",
            $"s3://{ProcessingCloud.BucketName}/projects/p.json",
            "--endpoint",
            "pets",
            "--at",
            "2026-03-02T00:00:00Z",
        ];
        var environment = cloud.Environment(new ProcessingFolders(folder.Path));
        using var run = ProgramRun.Dotnet("plumbline-jobs.dll", arguments, environment);
        (await run.ExitCodeAsync()).ShouldBe(0, run.Output);
        run.Output.ShouldContain("Accuracy 0.900 [0.699, 0.972] from 20 audit labels");

        using var bad = ProgramRun.Dotnet("plumbline-jobs.dll", [.. arguments, "--until", "now"], environment);
        (await bad.ExitCodeAsync()).ShouldBe(2);
        File.ReadAllText(folder.At("output/message")).ShouldStartWith("--until: is not one of");
    }

    private async Task<MonitorReport> ReportAsync(string run, string kind = "runs") =>
        RecordJson.Read<MonitorReport>(await cloud.GetAsync($"monitor/{kind}/{run}/report.json"), "report.json");

    private async Task<double?> MetricAsync(string name)
    {
        var now = DateTimeOffset.UtcNow;
        var input = ProcessingCloud.Json(
            $$$"""
            {"StartTime":{{{now.AddHours(-1).ToUnixTimeSeconds()}}},"EndTime":{{{now.AddHours(1).ToUnixTimeSeconds()}}},
             "MetricDataQueries":[{"Id":"m","MetricStat":{"Period":300,"Stat":"Average","Metric":{"Namespace":"Plumbline/ModelQuality",
              "MetricName":"{{{name}}}","Dimensions":[{"Name":"Endpoint","Value":"pets"},{"Name":"MonitoringSchedule","Value":"sample-monitor"}] } } }]}
            """
        );
        var result = await cloud.CloudWatch.GetMetricDataAsync(input);
        return result.MetricDataResults.First().Values.Select(value => (double?)value).FirstOrDefault();
    }
}
