using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.Jobs.Blend;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Evaluate;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;
using Plumbline.Testing;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Tests.Blend;

[Collection("processes")]
public sealed class BlendTests(ProcessingCloud cloud) : IClassFixture<ProcessingCloud>, IDisposable
{
    private const int Labels = 200;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private readonly ProjectDescription project = TrainedModels.Project() with
    {
        Training = new TrainingDescription { Recipes = ["decay", "recent", "first"] },
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_blend_has_the_usual_weights_and_answers_with_the_mean_of_its_parts()
    {
        await ModelsAsync(
            "models/a",
            new()
            {
                ["new"] = 20,
                ["decay"] = 12,
                ["recent"] = 8,
                ["first"] = 5,
            }
        );
        Prepared(enoughRecent: true);

        var blend = await RunAsync("models/a");

        blend
            .Parts.ToDictionary(part => part.Recipe, part => Math.Round(part.Weight, 6))
            .ShouldBe(
                new Dictionary<string, double>
                {
                    ["new"] = Math.Round(4 / 13.0, 6),
                    ["decay"] = Math.Round(4 / 13.0, 6),
                    ["recent"] = Math.Round(4 / 13.0, 6),
                    ["first"] = Math.Round(1 / 13.0, 6),
                },
                ignoreOrder: true
            );
        blend.Reason.ShouldContain("too few labels");
        IsTheMeanOfItsParts(blend, "models/a");
        var record = RecordJson.Read<RecipeRecord>(await cloud.GetAsync(Layout.Recipes), "record");
        record.DatasetVersion.ShouldBe("v2");
        record.Models["decay"].ShouldBe(Uri("models/a/decay"));
        record.Losses.Times.ShouldBeEmpty();
    }

    [Fact]
    public async Task Models_of_the_execution_before_are_judged_by_new_labels_and_the_better_recipe_weighs_more()
    {
        await ModelsAsync(
            "models/b",
            new()
            {
                ["new"] = 1,
                ["decay"] = 40,
                ["recent"] = 1,
                ["first"] = 1,
            }
        );
        await ModelsAsync(
            "models/c",
            new()
            {
                ["new"] = 20,
                ["decay"] = 20,
                ["recent"] = 20,
            }
        );
        Prepared(enoughRecent: false);
        Arrived(
            new RecipeRecord
            {
                DatasetVersion = "v1",
                Models = new[] { "new", "decay", "recent", "first" }.ToDictionary(
                    name => name,
                    name => Uri($"models/b/{name}")
                ),
                Losses = RecipeLosses.Empty,
            }
        );

        var blend = await RunAsync("models/c", first: "models/b/first");

        blend.Parts[0].Recipe.ShouldBe("decay");
        blend.Parts[0].Weight.ShouldBeGreaterThan(0.9);
        blend.Reason.ShouldContain($"weighted by {Labels} labels that judged each recipe before it learned them");
        blend.Reason.ShouldContain("Without recent: under 100 of the newest rows have a label.");
        var record = RecordJson.Read<RecipeRecord>(await cloud.GetAsync(Layout.Recipes), "record");
        record.Losses.Times.Count.ShouldBe(Labels);
        record.Models["first"].ShouldBe(Uri("models/b/first"));
        record.Models["new"].ShouldBe(Uri("models/c/new"));

        // A repeated job judges each label once, because it begins with the record that prepare found.
        (await RunAsync("models/c", first: "models/b/first")).Weights.ShouldBe(blend.Weights);
        RecordJson
            .Read<RecipeRecord>(await cloud.GetAsync(Layout.Recipes), "record")
            .Losses.Times.Count.ShouldBe(Labels);
    }

    [Fact]
    public async Task A_refresh_blends_the_one_model_that_was_trained_with_the_earlier_ones()
    {
        await ModelsAsync(
            "models/d",
            new()
            {
                ["new"] = 20,
                ["decay"] = 12,
                ["recent"] = 1,
                ["first"] = 5,
            }
        );
        await ModelsAsync("models/e", new() { ["recent"] = 30 });
        Prepared(enoughRecent: true);
        Arrived(
            new RecipeRecord
            {
                DatasetVersion = "v1",
                Models = new[] { "new", "decay", "recent", "first" }.ToDictionary(
                    name => name,
                    name => Uri($"models/d/{name}")
                ),
                Losses = RecipeLosses.Empty,
            }
        );

        var blend = await RunAsync("models/e", first: "models/d/first", trained: ["recent"]);

        string[] earlier = [Uri("models/d/new"), Uri("models/d/decay")];
        blend.Parts.Select(part => part.ModelUri).ShouldContain(uri => earlier.Contains(uri));
        blend.Reason.ShouldContain($"weighted by {Labels} labels");
        blend.Reason.ShouldEndWith("Only recent was trained; the other parts are those of an earlier training.");
        var record = RecordJson.Read<RecipeRecord>(await cloud.GetAsync(Layout.Recipes), "record");
        record.DatasetVersion.ShouldBe("v2", "the labels of this version judge no recipe again");
        record.Models["recent"].ShouldBe(Uri("models/e/recent"));
        record.Models["new"].ShouldBe(Uri("models/d/new"));
        record.Models["decay"].ShouldBe(Uri("models/d/decay"));
        record.Losses.Times.Count.ShouldBe(Labels);
    }

    [Fact]
    public async Task Without_an_earlier_model_a_part_that_was_not_trained_is_named()
    {
        await ModelsAsync("models/f", new() { ["recent"] = 2 });
        Prepared(enoughRecent: true);

        var error = await Should.ThrowAsync<UserError>(() =>
            RunAsync("models/f", first: "models/f/recent", trained: ["recent"])
        );

        error.Message.ShouldBe("--new: is missing");
    }

    private void IsTheMeanOfItsParts(BlendReport blend, string folderOf)
    {
        var test = TestSet.Read(folder.Write("rows.csv", SampleData.Csv(Labels, seed: 9)), project.Labels.Count);
        using var merged = LoadedModel.From(
            ModelArchive.Read(Path.Combine(Job.Output("model"), "model.tar.gz"), "blend")
        );
        merged.Labels.ShouldBe(project.Labels);
        var margins = new double[test.Rows * 3];
        foreach (var part in blend.Parts)
        {
            using var model = LoadedModel.From(ModelArchive.Read(folder.At(folderOf, part.Recipe)));
            using var rows = Plumbline.XGBoost.DMatrix.FromRows(test.Features, test.Columns, []);
            var own = model.Booster.Predict(rows, margin: true);
            for (var i = 0; i < margins.Length; i++)
            {
                margins[i] += part.Weight * own[i];
            }
        }
        var answers = new float[margins.Length];
        merged.Predict(test.Features, answers);
        for (var row = 0; row < test.Rows; row++)
        {
            var exponents = margins.AsSpan(row * 3, 3).ToArray().Select(Math.Exp).ToArray();
            for (var c = 0; c < 3; c++)
            {
                ((double)answers[row * 3 + c]).ShouldBe(exponents[c] / exponents.Sum(), 1e-5);
            }
        }
    }

    private ProcessingFolders Job => new(folder.At("job"));

    private static string Uri(string key) => $"s3://{ProcessingCloud.BucketName}/{key}/model.tar.gz";

    private async Task<BlendReport> RunAsync(string models, string? first = null, string[]? trained = null)
    {
        WriteReport(first ?? $"{models}/first");
        string[] names = ["new", "decay", "recent"];
        var arguments = new ProcessingArguments(
            [.. (trained ?? names).SelectMany(name => (string[])[$"--{name}", Uri($"{models}/{name}")])],
            names
        );
        await BlendCommand.RunAsync(cloud.Context(project, Job, Now), arguments, CancellationToken.None);
        return await RecordJson.ReadFileAsync<BlendReport>(
            Path.Combine(Job.Output("blend"), "blend.json"),
            CancellationToken.None
        );
    }

    /// <summary>Trains a model of some rounds for each recipe, and uploads them.</summary>
    private async Task ModelsAsync(string prefix, Dictionary<string, int> rounds)
    {
        foreach (var (recipe, count) in rounds)
        {
            var path = folder.At(prefix, recipe);
            TrainedModels.Write(path, count);
            using var archive = new MemoryStream();
            await using (var compressed = new GZipStream(archive, CompressionMode.Compress, leaveOpen: true))
            {
                await TarFile.CreateFromDirectoryAsync(path, compressed, includeBaseDirectory: false);
            }
            archive.Position = 0;
            await cloud.S3.PutObjectAsync(
                new Amazon.S3.Model.PutObjectRequest
                {
                    BucketName = ProcessingCloud.BucketName,
                    Key = $"{prefix}/{recipe}/model.tar.gz",
                    InputStream = archive,
                }
            );
        }
    }

    private bool enough;

    private void Prepared(bool enoughRecent) => enough = enoughRecent;

    private void WriteReport(string first) =>
        folder.Write(
            "job/processing/input/prepared/prepare.json",
            RecordJson.WriteDocument(
                new PrepareReport
                {
                    HasParent = "true",
                    Contest = "oldAndNew",
                    ParentReason = "Production is version 1.",
                    DatasetVersion = "v2",
                    ManifestUri = "",
                    TrainUri = "",
                    ValidationUri = "",
                    TestUri = "",
                    LabelsAdded = 0,
                    TrainRows = 0,
                    RecentRows = 0,
                    BaseRows = 0,
                    FirstModelUri = Uri(first),
                    EnoughRecent = enough ? "true" : "false",
                }
            )
        );

    private void Arrived(RecipeRecord record)
    {
        folder.Write("job/processing/input/prepared/recipes.json", RecordJson.WriteDocument(record));
        folder.Write("job/processing/input/prepared/arrived.csv", SampleData.Csv(Labels, seed: 5));
        folder.Write(
            "job/processing/input/prepared/arrived-times.csv",
            string.Concat(Enumerable.Range(0, Labels).Select(row => $"{Now.AddSeconds(row):O}\n"))
        );
    }
}
