using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Client;
using Plumbline.Cli.Demo;
using Plumbline.Records.Data;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

[Collection(DemoCollection.Name)]
public sealed partial class DemoTests(DemoRun demo)
{
    private static readonly string[] OfAws =
    [
        "cloudwatch",
        "codebuild",
        "codecommit",
        "events",
        "iam",
        "logs",
        "s3",
        "sagemaker",
        "sagemaker-runtime",
        "sns",
        "sts",
    ];

    [ProgramFact("git", "bwrap")]
    public async Task The_demo_builds_a_model_lets_it_drift_and_heals_it_over_the_wire_alone()
    {
        var report = await demo.ReportAsync();

        TheFiguresHold(report);
        ExecutionsSucceededAndTrainedAtOnce(report["executions"]!.AsArray());
        EveryCallIsOneOfAws(demo.Calls, (int)report["requests"]!["sent"]!);
        await NoMeasuringImageIsInADataSetAsync(demo.Kept);
    }

    [ProgramAndPythonFact(WireChecker.Needs, "git", "bwrap")]
    public async Task What_the_demo_sends_and_is_answered_is_what_AWS_s_models_say()
    {
        await demo.ReportAsync();

        var run = await WireChecker.RunAsync(demo.CallsFile);

        run.ExitCode.ShouldBe(0, run.Output + run.Error);
        var calls = CallsOfAService()
            .Matches(run.Output)
            .ToDictionary(of => of.Groups[1].Value, of => of.Groups[2].Value);
        calls.Keys.ShouldBe(OfAws, ignoreOrder: true);
        calls.Values.ShouldAllBe(count => int.Parse(count, CultureInfo.InvariantCulture) > 0);
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_demo_that_cannot_begin_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();

        // This configuration prevents git from making the project's first commit.
        var run = await Shell.RunAsync(
            Plumb.Program,
            ["demo"],
            new Dictionary<string, string> { ["TMPDIR"] = folder.Path, ["GIT_CONFIG_COUNT"] = "nonsense" },
            folder.Path
        );

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("git");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private static void TheFiguresHold(JsonNode report)
    {
        var accuracy = report["accuracy"]!;
        ((double)accuracy["clean"]!).ShouldBeGreaterThanOrEqualTo(0.94);
        ((double)accuracy["drifted"]!).ShouldBeLessThanOrEqualTo(0.50);
        ((double)accuracy["after_retrain_drifted"]!).ShouldBeGreaterThanOrEqualTo(0.87);
        ((double)accuracy["after_retrain_clean"]!).ShouldBeGreaterThanOrEqualTo(0.94);
        ((int)report["requests"]!["failed"]!).ShouldBe(0);
        report["alarm"]!.AsArray().Select(change => (string)change!["to"]!).ShouldBe(["OK", "ALARM", "OK"]);
        report["alerts"]!.AsArray().Count.ShouldBe(1);
        report["deployments"]!.AsArray().Select(one => (string)one!["outcome"]!).ShouldBe(["deployed", "deployed"]);
    }

    private static void ExecutionsSucceededAndTrainedAtOnce(JsonArray executions)
    {
        executions.Select(one => (string)one!["status"]!).ShouldBe(["Succeeded", "Succeeded"]);
        var steps = executions[1]!["steps"]!.AsArray().ToDictionary(step => (string)step!["name"]!, step => step!);
        var (old, fresh) = (steps["TrainOld"], steps["TrainNew"]);
        Time(old, "start").ShouldBeLessThan(Time(fresh, "end"));
        Time(fresh, "start").ShouldBeLessThan(Time(old, "end"));
    }

    private static DateTimeOffset Time(JsonNode step, string member) => (DateTimeOffset)step[member]!;

    /// <summary>
    /// All calls exist in AWS, except for the clock and the container credentials, which have a path of our own. git
    /// asks once without credentials, which is normal with AWS's helper.
    /// </summary>
    private static void EveryCallIsOneOfAws(IReadOnlyList<RecordedCall> calls, int sent)
    {
        var services = calls.GroupBy(ServiceOf).ToDictionary(group => group.Key, group => group.ToList());
        services.Keys.ShouldBe([.. OfAws, "git", "plumbline clock", "container credentials"], ignoreOrder: true);
        // A build invokes the endpoint that it has deployed, with its role.
        services["sagemaker-runtime"].Count(call => !OfARole(call)).ShouldBe(sent);
        services["sagemaker-runtime"].Count(OfARole).ShouldBe(2);
        services["sagemaker-runtime"].ShouldAllBe(call => call.Status == 200);
        var operations = calls.Select(call => call.Target.Split('.')[^1]).ToHashSet();
        string[] ofTheStory =
        [
            "CreatePipeline",
            "PutRule",
            "PutMetricAlarm",
            "ListPipelineExecutionSteps",
            "UpdateModelPackage",
            "StartPipelineExecution",
            "DescribeAlarmHistory",
        ];
        ofTheStory.Except(operations).ShouldBeEmpty();
        // The loop itself never sets an alarm or starts the training; the alarm, the rule and the build do.
        calls.ShouldNotContain(call => call.Target.EndsWith(".SetAlarmState", StringComparison.Ordinal));
        calls.ShouldNotContain(call => call.Target.EndsWith(".StartBuild", StringComparison.Ordinal));
    }

    /// <summary>Ids of temporary keys begin with ASIA, a person's with AKIA.</summary>
    private static bool OfARole(RecordedCall call) =>
        call.Authorization.Contains("Credential=ASIA", StringComparison.Ordinal);

    private static string ServiceOf(RecordedCall call) =>
        call.Path == "/_plumbline/clock" ? "plumbline clock"
        : call.Path.StartsWith("/_plumbline/credentials/", StringComparison.Ordinal) ? "container credentials"
        : call.Path.StartsWith("/v1/repos/", StringComparison.Ordinal) ? "git"
        : CredentialScope().Match(call.Authorization) is { Success: true } scope
            ? scope.Groups["service"].Value switch
            {
                "monitoring" => "cloudwatch",
                "sagemaker" when call.Path.StartsWith("/endpoints/", StringComparison.Ordinal) => "sagemaker-runtime",
                var service => service,
            }
        : $"unsigned {call.Method} {call.Path}";

    /// <summary>
    /// Images that measure the model must never have taught or judged it, neither unchanged nor rotated.
    /// </summary>
    private static async Task NoMeasuringImageIsInADataSetAsync(string kept)
    {
        var digits = Digits.Load();
        var measuring = digits.Measuring.Concat(digits.Measuring.Select(digit => digit.Rotated(DigitsSample.Askew)));
        var forbidden = measuring.Select(digit => SplitKey.OfRow(digit.Features)).ToHashSet();
        await using var cloud = await CloudProcess.StartAsync(Path.Combine(kept, "cloud"));
        using var s3 = S3ClientFactory.Create(cloud.Connection);
        var objects = (await s3.ListObjectsV2Async(new() { BucketName = Bucket, Prefix = "datasets/" })).S3Objects;
        var rows = new List<string>();
        foreach (var item in objects.Where(one => one.Key.EndsWith(".csv", StringComparison.Ordinal)))
        {
            using var answer = await s3.GetObjectAsync(Bucket, item.Key);
            using var reader = new StreamReader(answer.ResponseStream);
            rows.AddRange((await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        objects.Count(one => one.Key.EndsWith("/manifest.json", StringComparison.Ordinal)).ShouldBe(2);
        forbidden.Count.ShouldBe(2 * 540);
        rows.Count.ShouldBeGreaterThan(2 * 1100);
        rows.ShouldNotContain(row => forbidden.Contains(SplitKey.OfRow(row.Substring(row.IndexOf(',') + 1))));
    }

    private const string Bucket = "plumbline-digits-000000000000";

    [GeneratedRegex("Credential=[^/]+/[0-9]{8}/[^/]+/(?<service>[^/]+)/aws4_request")]
    private static partial Regex CredentialScope();

    [GeneratedRegex("^([a-z0-9-]+): ([0-9]+) calls", RegexOptions.Multiline)]
    private static partial Regex CallsOfAService();
}
