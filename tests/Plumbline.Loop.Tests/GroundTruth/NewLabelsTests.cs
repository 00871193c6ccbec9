using Plumbline.Loop.Registry;
using Plumbline.Loop.Retraining;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using static Plumbline.Loop.Tests.CaptureCloud;

namespace Plumbline.Loop.Tests.GroundTruth;

public sealed class NewLabelsTests : IAsyncLifetime
{
    private readonly CaptureCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task Labels_are_used_by_a_registered_version_and_not_by_a_training_that_failed()
    {
        var answers = await SayAsync("dog", "a", "b", "c");
        var version = await DataSetAsync(answers);

        (await CountAsync()).Count.ShouldBe(3);
        (await CountAsync(Registered(version))).Count.ShouldBe(0);

        var more = await SayAsync("cat", "c", "d");
        await DataSetAsync([.. answers, .. more]);
        (await CountAsync(Registered(version))).Count.ShouldBe(2);
        (await CountAsync(Registered(version), Registered(""))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_prediction_counts_once_however_many_say_the_same_of_it()
    {
        var answers = await SayAsync("dog", "a");
        await SayAsync("dog", "a", "b");
        await SayAsync("dog", "b");
        (await CountAsync()).Count.ShouldBe(2);
        (await CountAsync(Registered(await DataSetAsync(answers)))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Labels_that_are_taken_in_for_an_earlier_hour_are_new_too()
    {
        var labels = new NewLabels(cloud.Loop);
        await cloud.Loop.Bucket.PutTextAsync("corrections/2026/03/01/12/b.jsonl", "");
        var before = await labels.StateAsync();
        await cloud.Loop.Bucket.PutTextAsync("corrections/README.txt", "not an answer");
        (await labels.StateAsync()).ShouldBe(before);
        await cloud.Loop.Bucket.PutTextAsync("corrections/2026/02/01/12/a.jsonl", "");
        (await labels.StateAsync()).ShouldNotBe(before);
    }

    [Fact]
    public async Task What_cannot_be_counted_is_told_and_stops_nothing()
    {
        await SayAsync("dog", "a");
        await SayAsync("wolf", "b");
        await cloud.Loop.Bucket.PutTextAsync("corrections/2026/03/01/12/app.jsonl", "{\"id\":\"x\"}\n");
        await cloud.Loop.Bucket.PutTextAsync("corrections/README.txt", "not an answer");
        await cloud.Loop.Bucket.PutTextAsync(
            Layout.Intake,
            RecordJson.Write(
                new GroundTruthIntake().With(
                    ["cat"],
                    [
                        new DeliveredFile
                        {
                            Key = "ground-truth/2026/03/01/12/nightly.jsonl",
                            ETag = "e",
                            Written = Noon,
                            Searched = Noon,
                            Unmatched = 7,
                        },
                    ]
                )
            )
        );

        var found = await CountAsync();

        found.Count.ShouldBe(1);
        found.SetAside.ShouldContain("corrections/2026/03/01/12/app.jsonl:1: is not a Correction");
        found.SetAside.ShouldContain("1 more has a label that is not one of labels");
        found.SetAside.ShouldContain("7 delivered labels are not used, no captured prediction has their key");
    }

    private async Task<NewLabelCount> CountAsync(params ModelVersion[] versions)
    {
        var labels = new NewLabels(cloud.Loop);
        return await labels.CountAsync(await labels.BaselineAsync(versions));
    }

    private static string KeyOf(Correction answer) => Layout.CorrectionFile(Noon, answer.Id);

    private async Task<List<Correction>> SayAsync(string label, params string[] keys)
    {
        var answers = new List<Correction>();
        foreach (var key in keys)
        {
            var item = new ReviewItem
            {
                JoinKey = key,
                InferenceTime = Noon,
                Endpoint = "pets",
                Features = "1",
                Predicted = "cat",
                List = ReviewList.Audit,
            };
            var answer = item.Answer(label, "ann", await cloud.Loop.Clock.NowAsync());
            await cloud.Loop.Bucket.PutTextAsync(KeyOf(answer), CorrectionLog.ToLine(answer) + "\n");
            answers.Add(answer);
        }

        return answers;
    }

    private async Task<string> DataSetAsync(IReadOnlyList<Correction> taken)
    {
        var manifest = new DataSetManifest
        {
            Project = "pets",
            Features = ["a"],
            Labels = ["cat", "dog"],
            Split = SplitRule.Of(new DataDescription()),
            Base = new BaseManifest("", 1, 1, 1),
            Corrections = new CorrectionsManifest { Train = [.. taken.Select(one => one.Id)] },
            Files = new Dictionary<string, FileManifest>(),
        };
        await cloud.Loop.Bucket.PutTextAsync(Layout.Manifest(manifest.Version), RecordJson.Write(manifest));
        return manifest.Version;
    }

    private static ModelVersion Registered(string dataSet) =>
        new(
            "arn",
            1,
            "Rejected",
            null,
            Noon,
            Noon,
            new Dictionary<string, string> { [ModelMetadata.DataSetVersion] = dataSet },
            "",
            "",
            null,
            null
        );
}
