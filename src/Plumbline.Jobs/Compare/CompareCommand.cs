using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Jobs.Compare;

/// <summary><c>plumbline-jobs compare</c>: judges the candidates against the model in production.</summary>
public static class CompareCommand
{
    public static Task<int> RunAsync(string[] args, CancellationToken stop) =>
        ProcessingCommand.RunAsync(
            args,
            [],
            async (context, _, ct) =>
            {
                var report = await RunAsync(context.Project, context.Folders, ct);
                if (report.New is { } fresh)
                {
                    Console.WriteLine(report.Old is { } old ? $"Old: {old.Reason}" : report.LeftOut);
                    Console.WriteLine($"New: {fresh.Reason}");
                }
                if (report.Blend is { } blend)
                {
                    Console.WriteLine($"Blend: {blend.Reason}");
                }
                Console.WriteLine(report.Reason);
            },
            stop
        );

    /// <summary>
    /// Reads the inputs <c>old</c>, <c>new</c>, <c>production</c>, and with a blend <c>blend</c> and <c>parts</c>; writes
    /// <c>comparison</c>. Without <c>old</c>, the input <c>prepare</c> has the reason. Without <c>new</c>, the blend of a
    /// refresh is the only candidate.
    /// </summary>
    public static async Task<ComparisonReport> RunAsync(
        ProjectDescription project,
        ProcessingFolders folders,
        CancellationToken ct
    )
    {
        var parts = await PartsAsync(folders, ct);
        var isRefresh = Directory.Exists(folders.Input("blend")) && !Directory.Exists(folders.Input("new"));
        var report = isRefresh
            ? Judge.Refreshed(
                project,
                await ReadAsync(folders, "blend", ct),
                await ReadAsync(folders, "production", ct),
                parts
            )
            : Judge.Compare(
                project,
                await FindAsync(folders, "old", ct),
                await ReadAsync(folders, "new", ct),
                await ReadAsync(folders, "production", ct),
                await FindAsync(folders, "blend", ct),
                parts,
                await LeftOutAsync(folders, ct)
            );
        var output = Path.Combine(folders.Output("comparison"), "comparison.json");
        await File.WriteAllTextAsync(output, RecordJson.WriteDocument(report), ct);
        return report;
    }

    private static async Task<string?> LeftOutAsync(ProcessingFolders folders, CancellationToken ct)
    {
        var prepare = Path.Combine(folders.Input("prepare"), PrepareReport.File);
        return File.Exists(prepare) ? (await RecordJson.ReadFileAsync<PrepareReport>(prepare, ct)).LeftOut : null;
    }

    private static async Task<BlendReport?> PartsAsync(ProcessingFolders folders, CancellationToken ct)
    {
        var path = Path.Combine(folders.Input("parts"), BlendReport.File);
        return File.Exists(path) ? await RecordJson.ReadFileAsync<BlendReport>(path, ct) : null;
    }

    private static async Task<Evaluated?> FindAsync(ProcessingFolders folders, string role, CancellationToken ct) =>
        Directory.Exists(folders.Input(role)) ? await ReadAsync(folders, role, ct) : null;

    private static async Task<Evaluated> ReadAsync(ProcessingFolders folders, string role, CancellationToken ct)
    {
        var folder = folders.Input(role);
        var evaluation = Path.Combine(folder, "evaluation.json");
        var predictions = Path.Combine(folder, Prediction.File);
        if (!File.Exists(evaluation) || !File.Exists(predictions))
        {
            throw new UserError($"input {role}", "must have evaluation.json and predictions.csv");
        }
        var json = await File.ReadAllTextAsync(evaluation, ct);
        return new Evaluated(
            EvaluationReport.FromDocument(json, $"input {role}, evaluation.json"),
            Prediction.Read(predictions)
        );
    }
}
