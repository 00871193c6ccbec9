using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Score;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Jobs.Evaluate;

/// <summary><c>plumbline-jobs evaluate</c>: scores one model on the recent and the base held-out rows.</summary>
public static class EvaluateCommand
{
    private static readonly string[] Roles = ["old", "new", "production", "first", "blend"];
    private static readonly string[] Sets = [Prediction.Recent, Prediction.Base];

    public static Task<int> RunAsync(string[] args, CancellationToken stop) =>
        ProcessingCommand.RunAsync(
            args,
            ["role", "at"],
            async (context, arguments, ct) =>
            {
                var report = await RunAsync(
                    context.Project,
                    arguments.Required("role"),
                    context.Folders,
                    arguments.Time("at") ?? context.Clock.GetUtcNow(),
                    ct,
                    await OwnScores.FindAsync(context.Project, context.Bucket, context.Folders.Scratch, ct)
                );
                Console.WriteLine($"{report.Role} model: recent {report.Recent.Text()}; base {report.Base.Text()}.");
                Console.WriteLine(report.Reason ?? "");
            },
            stop
        );

    /// <summary>
    /// Reads the inputs <c>test</c> and <c>model</c>, or <c>scores</c> instead of <c>model</c> if the model's own
    /// handler has scored the rows; writes the output <c>evaluation</c>. With the input <c>replaced</c>, the model is a
    /// <see cref="ReplacedModel"/>.
    /// </summary>
    public static async Task<EvaluationReport> RunAsync(
        ProjectDescription project,
        string role,
        ProcessingFolders folders,
        DateTimeOffset evaluated,
        CancellationToken ct,
        OwnScores? scores = null
    )
    {
        if (!Roles.Contains(role))
        {
            throw new UserError("--role", $"'{role}' is not one of {string.Join(", ", Roles)}");
        }
        var replaced = await ReplacedModel.FindAsync(folders.Input("replaced"), project, ct);
        var (predictions, slices) =
            project.Task.IsJson() ? (await JsonAnswerFile.ReadAsync(project, folders, Sets, scores, ct), [])
            : project.Data.IsContent() ? (Answers(project, folders, replaced), [])
            : await RowsAsync(project, folders, replaced, ct);
        if (predictions.Count == 0)
        {
            throw new UserError("input test", "has no example in the sets recent and base");
        }
        var report = EvaluationReport.Of(role, project, predictions, slices);
        var output = folders.Output("evaluation");
        await Prediction.WriteAsync(Path.Combine(output, Prediction.File), predictions, ct);
        var document = report.ToDocument(project, predictions, evaluated);
        await File.WriteAllTextAsync(
            Path.Combine(output, "evaluation.json"),
            document.ToJsonString(RecordJson.Indented) + "\n",
            ct
        );
        return report;
    }

    private static List<Prediction> Answers(
        ProjectDescription project,
        ProcessingFolders folders,
        ReplacedModel? replaced
    )
    {
        var (test, scores) = (folders.Input("test"), folders.Input("scores"));
        return
        [
            .. Sets.SelectMany(set =>
                AnswerFile.Read(
                    set,
                    Path.Combine(test, $"{set}.jsonl"),
                    Path.Combine(scores, $"{set}.jsonl"),
                    project,
                    replaced
                )
            ),
        ];
    }

    private static async Task<(List<Prediction>, List<Slice>)> RowsAsync(
        ProjectDescription project,
        ProcessingFolders folders,
        ReplacedModel? replaced,
        CancellationToken ct
    )
    {
        var (test, scores) = (folders.Input("test"), folders.Input("scores"));
        var answering = replaced?.Project ?? project;
        var features = await FeaturesAsync(Path.Combine(test, "features.json"), project, ct);
        List<Prediction> predictions = [];
        List<Slice> slices = [];
        using var model = Directory.Exists(scores) ? null : new ModelScorer(folders.Input("model"), answering);
        foreach (var set in Sets)
        {
            var rows = TestSet.Read(Path.Combine(test, $"{set}.csv"), project.Labels.Count, project.Data.Schema);
            var asked = replaced is null
                ? rows
                : TestSet.Read(replaced.PathOf($"{set}.csv"), project.Labels.Count, answering.Data.Schema);
            var answers =
                model?.Score(asked)
                ?? ScoreFile.Read(Path.Combine(scores, $"{set}.csv"), rows.Rows, answering.Labels.Count);
            answers = replaced?.Widen(answers) ?? answers;
            predictions.AddRange(Prediction.Of(set, rows, project.Labels.Count, answers));
            slices.AddRange(Slicing.Of(set, rows, features, project.Quality.Slices));
        }

        return (predictions, slices);
    }

    private static async Task<IReadOnlyList<string>> FeaturesAsync(
        string path,
        ProjectDescription project,
        CancellationToken ct
    ) => File.Exists(path) ? await RecordJson.ReadFileAsync<List<string>>(path, ct) : project.Data.Features;
}
