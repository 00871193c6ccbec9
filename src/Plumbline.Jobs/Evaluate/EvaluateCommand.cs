using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;

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
                    ct
                );
                Console.WriteLine($"{report.Role} model: recent {report.Recent.Text()}; base {report.Base.Text()}.");
                Console.WriteLine(report.Reason ?? "");
            },
            stop
        );

    /// <summary>
    /// Reads the inputs <c>test</c> and <c>model</c>, or <c>scores</c> instead of <c>model</c> if the model's own
    /// handler has scored the rows; writes the output <c>evaluation</c>.
    /// </summary>
    public static async Task<EvaluationReport> RunAsync(
        ProjectDescription project,
        string role,
        ProcessingFolders folders,
        DateTimeOffset evaluated,
        CancellationToken ct
    )
    {
        if (!Roles.Contains(role))
        {
            throw new UserError("--role", $"'{role}' is not one of {string.Join(", ", Roles)}");
        }
        var (predictions, slices) = project.Data.IsContent()
            ? (Answers(project, folders), [])
            : await RowsAsync(project, folders, ct);
        if (predictions.Count == 0)
        {
            throw new UserError("input test", "has no example in the sets recent and base");
        }
        var report = EvaluationReport.Of(role, project, predictions, slices);
        var output = folders.Output("evaluation");
        await Prediction.WriteAsync(Path.Combine(output, "predictions.csv"), predictions, ct);
        var document = report.ToDocument(project, predictions, evaluated);
        await File.WriteAllTextAsync(
            Path.Combine(output, "evaluation.json"),
            document.ToJsonString(RecordJson.Indented) + "\n",
            ct
        );
        return report;
    }

    private static List<Prediction> Answers(ProjectDescription project, ProcessingFolders folders)
    {
        var (test, scores) = (folders.Input("test"), folders.Input("scores"));
        return
        [
            .. Sets.SelectMany(set =>
                AnswerFile.Read(set, Path.Combine(test, $"{set}.jsonl"), Path.Combine(scores, $"{set}.jsonl"), project)
            ),
        ];
    }

    private static async Task<(List<Prediction>, List<Slice>)> RowsAsync(
        ProjectDescription project,
        ProcessingFolders folders,
        CancellationToken ct
    )
    {
        var (test, scores) = (folders.Input("test"), folders.Input("scores"));
        var features = await FeaturesAsync(Path.Combine(test, "features.json"), project, ct);
        List<Prediction> predictions = [];
        List<Slice> slices = [];
        using var model = Directory.Exists(scores) ? null : new ModelScorer(folders.Input("model"), project);
        foreach (var set in Sets)
        {
            var rows = TestSet.Read(Path.Combine(test, $"{set}.csv"), project.Labels.Count, project.Data.Schema);
            var answers =
                model?.Score(rows)
                ?? ScoreFile.Read(Path.Combine(scores, $"{set}.csv"), rows.Rows, project.Labels.Count);
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
