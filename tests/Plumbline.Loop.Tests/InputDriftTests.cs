using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Inputs;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests;

/// <summary>The drift that pages and commands show, by the figures that jobs stored.</summary>
public sealed class InputDriftTests(CaptureCloud cloud) : IClassFixture<CaptureCloud>
{
    private const string Version = "0123456789abcdef";

    [Fact]
    public async Task Images_of_now_are_compared_with_those_of_the_live_versions_training()
    {
        var loop = await LoopContext.CreateAsync(
            new ProjectDescription
            {
                Name = "pets",
                Data = new DataDescription { File = "photos", Format = SourceFormat.Folders },
                Labels = ["cat", "dog"],
            },
            cloud.Loop.Clients
        );
        var live = new ModelVersion(
            "arn:aws:sagemaker:us-east-1:000000000000:model-package/pets/1",
            1,
            "Approved",
            null,
            CaptureCloud.Noon,
            CaptureCloud.Noon,
            new Dictionary<string, string> { [ModelMetadata.DataSetVersion] = Version },
            "",
            "",
            loop.Bucket.UriOf("executions/1/EvaluateNew/evaluation.json"),
            null
        );

        (await new InputDrift(loop).ReadAsync(live, CancellationToken.None)).ShouldBeEmpty();
        await StoreAsync(loop, Layout.InputReference(Version), 0.6f);
        await StoreAsync(loop, Layout.InputsNow, 0.2f, score: 0.6f);
        await StoreScoresAsync(loop, "executions/1/EvaluateNew/predictions.csv", 0.9);
        var drift = await new InputDrift(loop).ReadAsync(live, CancellationToken.None);

        drift
            .Select(one => one.Feature)
            .ShouldBe(["brightness", "predicted label", "score", "width"], ignoreOrder: true);
        var brightness = drift.Single(one => one.Feature == "brightness");
        brightness.Index.ShouldBeGreaterThan(0.25);
        brightness.Shift.MeanNow!.Value.ShouldBe(0.245, 0.01);
        var score = drift.Single(one => one.Feature == "score");
        score.Index.ShouldBeGreaterThan(0.25);
        score.Shift.MeanBefore!.Value.ShouldBe(0.9, 0.02);
        score.Shift.MeanNow!.Value.ShouldBe(0.6, 0.02);
        drift.Single(one => one.Feature == "width").Index.ShouldBeLessThan(0.1);
    }

    /// <summary>The answers of the same model about held-out examples, as its evaluation stored them.</summary>
    private static async Task StoreScoresAsync(LoopContext loop, string key, double score)
    {
        using var folder = new TemporaryFolder();
        var scores = Enumerable.Range(0, 50).Select(i => new Prediction("base", i, "", 0, 0, score + (i % 3 * 0.01)));
        await Prediction.WriteAsync(folder.At("all.csv"), scores, CancellationToken.None);
        await loop.Bucket.PutTextAsync(key, await File.ReadAllTextAsync(folder.At("all.csv")));
    }

    private static Task StoreAsync(LoopContext loop, string key, float brightness, float? score = null)
    {
        var sample = new InputSample
        {
            Inputs =
            [
                .. Enumerable
                    .Range(0, 100)
                    .Select(i => new SampledInput
                    {
                        Label = i % 2 == 0 ? "cat" : "dog",
                        Score = score is null ? null : score + (i % 3 * 0.01f),
                        Figures = new Dictionary<string, float>
                        {
                            ["brightness"] = brightness + (i % 10 * 0.01f),
                            ["width"] = 64,
                        },
                    }),
            ],
        };
        return loop.Bucket.PutTextAsync(key, RecordJson.WriteDocument(sample));
    }
}
