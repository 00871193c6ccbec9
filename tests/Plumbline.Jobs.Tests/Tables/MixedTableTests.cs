using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Train;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Serving.Tests;
using Plumbline.Tables;
using Plumbline.Testing;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Tests.Tables;

/// <summary>A table with names, dates and gaps goes through prepare, training, evaluation and serving.</summary>
public sealed class MixedTableTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private readonly ProjectDescription project = Customers.Project();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_model_learns_from_names_and_dates_and_answers_each_form_of_a_request_alike()
    {
        var manifest = Prepare(Customers.Csv(4000));
        manifest.Schema.ShouldBe(project.Data.Schema);
        manifest.Features.ShouldBe(["age", "city", "joined", "member"]);
        using var job = await TrainAsync("new", 40, parent: null);

        var report = await EvaluateAsync(job["model"]);
        // One label in twenty is turned, so that 0.95 is the best that a model can reach.
        report.Base.Value!.Value.ShouldBeGreaterThan(0.9);
        report.Base.Slices.ShouldContain(slice => slice.Name.StartsWith("city = St. City"));
        report.Base.Slices.ShouldContain(slice => slice.Name == "city: other values");
        report.Base.Slices.ShouldContain(slice => slice.Name == "age missing");

        using var server = await ServedModel.OfFolderAsync(job["model"]);
        string[] rows = ["41,\"St. City, 7\",2021-05-03 10:00,yes", "NA,city 3,2022-01-07,", ",unknown,,no"];
        var csv = await server.AnswerAsync(string.Join('\n', rows), "text/csv");
        (await server.AnswerAsync("age,city,joined,member\n" + string.Join('\n', rows), "text/csv")).ShouldBe(csv);
        (
            await server.AnswerAsync(
                "city,member,joined,age\n\"St. City, 7\",yes,2021-05-03T10:00:00Z,41\ncity 3,,2022/1/7,NA\nunknown,no,,\n",
                "text/csv"
            )
        ).ShouldBe(csv);
        var json = new JsonArray(
            new JsonObject
            {
                ["age"] = 41,
                ["city"] = "St. City, 7",
                ["joined"] = "2021-05-03 10:00",
                ["member"] = true,
            },
            new JsonObject { ["city"] = "city 3", ["joined"] = "2022-01-07" },
            new JsonArray(null, "unknown", null, "no")
        );
        (await server.AnswerAsync(json.ToJsonString(), "application/json")).ShouldBe(csv);
        JsonNode.Parse(csv)!["predictions"]!.AsArray().Count.ShouldBe(3);

        var (status, message) = await server.RefusedAsync("41,city 3,soon,yes", "text/csv");
        status.ShouldBe(HttpStatusCode.BadRequest);
        message.ShouldStartWith("row 1: column \"joined\" has \"soon\", which is not a date or time");
    }

    [Fact]
    public async Task The_server_answers_with_the_probabilities_of_the_evaluation()
    {
        Prepare(Customers.Csv(1500));
        using var job = await TrainAsync("new", 10, parent: null);
        await EvaluateAsync(job["model"]);
        var predictions = Prediction.Read(folder.At("processing/output/evaluation/predictions.csv"));
        var lines = File.ReadAllLines(folder.At("version/test/base.csv"));
        using var server = await ServedModel.OfFolderAsync(job["model"]);
        var answer = await server.AnswerAsync(
            string.Join('\n', lines.Select(line => line[(line.IndexOf(',') + 1)..])),
            "text/csv"
        );
        var served = JsonNode.Parse(answer)!["predictions"]!
            .AsArray()
            .Select(one => one!["probabilities"]![1]!.GetValue<double>())
            .ToList();
        served.Count.ShouldBe(predictions.Count);
        served.Zip(predictions).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second.Positive) < 1e-6);
    }

    [Fact]
    public async Task The_old_candidate_keeps_the_codes_of_the_names_that_production_knows()
    {
        Prepare(Customers.Csv(1500));
        using var first = await TrainAsync("first", 5, parent: null);
        Prepare(Customers.Csv(1500, seed: 8).Replace("city 3,", "new city,"));
        using var old = await TrainAsync("old", 5, parent: first["model"]);
        var before = ModelArchive.Read(first["model"]).Encoder!.Categories(1);
        var after = ModelArchive.Read(old["model"]).Encoder!.Categories(1);
        after.Take(before.Count).ShouldBe(before);
        after.Skip(before.Count).ShouldBe(["new city"]);
        using var model = LoadedModel.From(ModelArchive.Read(old["model"]));
        model.Booster.Rounds.ShouldBe(10);
        model.IsFlat.ShouldBeTrue();
    }

    [Fact]
    public async Task A_parent_with_other_kinds_of_columns_is_refused()
    {
        Prepare(Customers.Csv(1500));
        using var first = await TrainAsync("first", 3, parent: null);
        using var next = Job("old", 3, first["model"]);
        next.With(
            "train",
            File.ReadAllText(folder.At("version/train/schema.json")).Replace("boolean", "category"),
            "schema.json"
        );
        (await next.FailAsync()).ShouldContain("its columns or their kinds are not those of the training data");
    }

    [Theory]
    [InlineData(
        "41,Bern,soon,yes,no",
        "customers.csv:2",
        "column \"joined\" has \"soon\", which is not a date or time"
    )]
    [InlineData("old,Bern,2020-01-01,yes,no", "customers.csv:2", "column \"age\" has \"old\", which is not a number")]
    [InlineData(
        "41,Bern,2020-01-01,perhaps,no",
        "customers.csv:2",
        "column \"member\" has \"perhaps\", which is not true"
    )]
    public void A_cell_of_another_kind_is_refused_with_line_and_column(string row, string place, string message)
    {
        var error = Should.Throw<Plumbline.Records.UserError>(() => Prepare($"{Customers.Header}\n{row}\n"));
        error.Message.ShouldStartWith(place);
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void A_missing_column_is_one_clear_message()
    {
        var csv = Customers.Csv(50).Replace("joined", "join_date");
        Should
            .Throw<Plumbline.Records.UserError>(() => Prepare(csv))
            .Message.ShouldContain("has no column 'joined', which data.columns names");
    }

    private DataSetManifest Prepare(string csv)
    {
        var path = folder.Write("customers.csv", csv);
        if (Directory.Exists(folder.At("version")))
        {
            Directory.Delete(folder.At("version"), recursive: true);
        }
        return DataSetBuilder.Build(project, path, [], [], folder.At("version"), At);
    }

    private TrainingJob Job(string role, int rounds, string? parent)
    {
        var job = new TrainingJob { Hyperparameters = new(project.JobHyperparameters(rounds)) };
        job.WithFile("train", folder.At("version/train/train.csv"));
        job.WithFile("train", folder.At("version/train/schema.json"));
        job.WithFile("validation", folder.At("version/validation/validation.csv"));
        foreach (var file in parent is null ? [] : Directory.GetFiles(parent))
        {
            job.WithFile("model", file);
        }
        return job;
    }

    private async Task<TrainingJob> TrainAsync(string role, int rounds, string? parent)
    {
        var job = Job(role, rounds, parent);
        await job.SucceedAsync();
        return job;
    }

    private async Task<EvaluationReport> EvaluateAsync(string model)
    {
        Copy(model, folder.At("processing/input/model"));
        Copy(folder.At("version/test"), folder.At("processing/input/test"));
        return await EvaluateCommand.RunAsync(
            project,
            "first",
            new ProcessingFolders(folder.Path),
            At,
            CancellationToken.None
        );
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }
}
