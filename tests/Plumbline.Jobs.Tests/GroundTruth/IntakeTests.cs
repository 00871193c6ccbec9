using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.GroundTruth;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.GroundTruth;

public sealed class IntakeTests : IAsyncLifetime
{
    private const string Hour = "2026/03/01/12";
    private readonly ProcessingCloud cloud = new();
    private readonly List<string> captures = [];
    private DateTimeOffset now = DateTimeOffset.UtcNow.AddHours(2);
    private string captureHour = Hour;

    private ProjectDescription project = new()
    {
        Name = "sample",
        Data = new DataDescription(),
        Labels = ["cat", "dog"],
        Monitor = new MonitorDescription { AuditShare = 1 },
    };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Labels_in_AWS_format_become_corrections_and_what_cannot_be_taken_is_told()
    {
        await CaptureAsync("a", "b", "c");
        await DeliverAsync(
            "nightly",
            Truth("a", "dog"),
            "nonsense",
            Truth("b", "cat"),
            Truth("x", "cat"),
            Truth("c", "wolf")
        );

        var state = await RunAsync();

        var taken = await CorrectionsAsync();
        taken.Select(one => (one.JoinKey, one.Label)).ShouldBe([("a", "dog"), ("b", "cat")], ignoreOrder: true);
        var first = taken.Single(one => one.JoinKey == "a");
        first.Reviewer.ShouldBe($"s3://{ProcessingCloud.BucketName}/ground-truth/{Hour}/nightly.jsonl");
        first.List.ShouldBe(ReviewList.Audit);
        first.Features.ShouldBe("1,2");
        first.Predicted.ShouldBe("cat");
        first.Kind.ShouldBe(CorrectionKind.Corrected);
        first.Time.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        first.Id.Version.ShouldBe(7);
        var text = state.Sentence(DateTimeOffset.MinValue);
        text.ShouldContain(
            $"1 delivered label is not used, no captured prediction has their key: ground-truth/{Hour}/nightly.jsonl."
        );
        text.ShouldContain("1 delivered label is not used, the project has no such label");
        text.ShouldContain($"ground-truth/{Hour}/nightly.jsonl:2: is not ground truth: ");
    }

    [Fact]
    public async Task What_was_looked_for_is_not_looked_for_again()
    {
        await CaptureAsync("a");
        await DeliverAsync("nightly", Truth("a", "dog"), Truth("x", "cat"));
        await RunAsync();
        var before = await cloud.KeysAsync(Layout.Corrections);
        await cloud.S3.DeleteObjectAsync(ProcessingCloud.BucketName, $"captures/pets/AllTraffic/{Hour}/a.jsonl");

        var state = await RunAsync();

        (await cloud.KeysAsync(Layout.Corrections)).ShouldBe(before);
        state.Files.Single().Value.Taken.ShouldBe(1);
        state.Files.Single().Value.Unmatched.ShouldBe(1);
    }

    [Fact]
    public async Task Only_members_of_the_audit_sample_measure()
    {
        project = project with { Monitor = new MonitorDescription { AuditShare = 0.5 } };
        var keys = Enumerable.Range(0, 40).Select(i => $"k{i}").ToArray();
        await CaptureAsync(keys);
        await DeliverAsync("all", [.. keys.Select(key => Truth(key, "dog"))]);
        await RunAsync();
        var taken = await CorrectionsAsync();
        taken.Count.ShouldBe(40);
        taken.ShouldAllBe(one =>
            one.List == (AuditSample.Contains(one.JoinKey, 0.5) ? ReviewList.Audit : ReviewList.Delivered)
        );
        taken.Select(one => one.List).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_people_answered_and_what_was_delivered_before_counts_once()
    {
        await CaptureAsync("a", "b", "c");
        var answer = Answer("a", "dog");
        await cloud.PutAsync($"corrections/{Hour}/{answer.Id}.jsonl", CorrectionLog.ToLine(answer) + "\n");
        await DeliverAsync($"{answer.Id}", Truth("a", "dog"));
        await DeliverAsync("first", Truth("a", "dog"), Truth("b", "cat"));
        await RunAsync();
        await DeliverAsync("second", Truth("a", "dog"), Truth("b", "cat"), Truth("c", "dog"));
        var state = await RunAsync();

        (await CorrectionsAsync()).Select(one => one.JoinKey).ShouldBe(["a", "b", "c"], ignoreOrder: true);
        state.Files[$"ground-truth/{Hour}/second.jsonl"].Known.ShouldBe(2);
        state.Files.ContainsKey($"ground-truth/{Hour}/{answer.Id}.jsonl").ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_grew_and_a_label_that_changed_are_taken()
    {
        await CaptureAsync("a", "b");
        await DeliverAsync("nightly", Truth("a", "dog"));
        await RunAsync();
        await DeliverAsync("nightly", Truth("a", "cat"), Truth("b", "dog"));
        await RunAsync();

        var taken = (await CorrectionsAsync()).OrderBy(one => one.Id).ToList();
        taken.Count.ShouldBe(3);
        AnswerKey
            .CountNew(taken.Select(one => new AnswerKey(one.JoinKey, one.Id, one.Label)), new HashSet<Guid>())
            .ShouldBe(2);
        taken.Select(one => one.Id).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task A_label_waits_for_its_capture_and_for_its_class()
    {
        now = DateTimeOffset.UtcNow;
        captureHour = Layout.Hour(now);
        await DeliverAsync("early", Truth("a", "dog"), Truth("b", "wolf"));
        (await RunAsync()).Files.Single().Value.Unmatched.ShouldBe(1);
        await CaptureAsync("a", "b");
        (await RunAsync()).Files.Single().Value.Unmatched.ShouldBe(0);
        (await CorrectionsAsync()).Single().JoinKey.ShouldBe("a");

        project = project with { Labels = ["cat", "dog", "wolf"] };
        await RunAsync();
        (await CorrectionsAsync()).Select(one => one.Label).ShouldBe(["dog", "wolf"], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_jobs_at_once_write_the_same_corrections()
    {
        await CaptureAsync("a", "b");
        await DeliverAsync("nightly", Truth("a", "dog"), Truth("b", "dog"));
        await Task.WhenAll(RunAsync(), RunAsync());
        (await CorrectionsAsync()).Count.ShouldBe(2);
    }

    private async Task<GroundTruthIntake> RunAsync()
    {
        var bucket = new BucketClient(cloud.S3, ProcessingCloud.BucketName);
        var (state, _) = await new Intake(bucket, project, "pets", now).RunAsync(CancellationToken.None);
        return state;
    }

    private async Task<List<Correction>> CorrectionsAsync()
    {
        var all = new List<Correction>();
        foreach (
            var key in (await cloud.KeysAsync(Layout.Corrections)).Where(key =>
                key.EndsWith(Layout.Lines, StringComparison.Ordinal)
            )
        )
        {
            var aside = new SetAside();
            all.AddRange(CorrectionLog.Read((await cloud.GetAsync(key)).Split('\n'), key, aside));
            aside.Lines.ShouldBe(0);
        }

        return all;
    }

    private static string Truth(string key, string label) =>
        new GroundTruthRecord { EventId = key, Data = label }.ToLine();

    private static Correction Answer(string key, string label) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            JoinKey = key,
            InferenceTime = DateTimeOffset.UnixEpoch,
            Endpoint = "pets",
            Features = "1,2",
            Predicted = "cat",
            Label = label,
            List = ReviewList.Audit,
            Reviewer = "ann",
            Time = DateTimeOffset.UnixEpoch,
        };

    private Task DeliverAsync(string name, params string[] lines) =>
        cloud.PutAsync($"ground-truth/{Hour}/{name}.jsonl", string.Join('\n', lines));

    private async Task CaptureAsync(params string[] keys)
    {
        captures.AddRange(keys.Select(key => Line(key)));
        await cloud.PutAsync($"captures/pets/AllTraffic/{captureHour}/a.jsonl", string.Join('\n', captures) + "\n");
    }

    private static string Line(string id) => CaptureLines.Line(id, "1,2", "cat", encoding: "CSV", type: "text/csv");
}
