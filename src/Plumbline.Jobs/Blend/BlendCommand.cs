using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Recipes;

namespace Plumbline.Jobs.Blend;

/// <summary>
/// <c>plumbline-jobs blend</c>: merges the recipes' models into one, weighted by how the models of the execution before
/// did on labels that they had not seen.
/// </summary>
public static class BlendCommand
{
    public static Task<int> RunAsync(string[] args, CancellationToken stop) =>
        ProcessingCommand.RunAsync(args, [.. Blending.Known.Select(recipe => recipe.Name)], RunAsync, stop);

    public static async Task RunAsync(ProcessingContext context, ProcessingArguments arguments, CancellationToken ct)
    {
        var prepared = context.Folders.Input("prepared");
        var report = await RecordJson.ReadFileAsync<PrepareReport>(Path.Combine(prepared, PrepareReport.File), ct);
        // A refresh trains only some of them: the others are those of the execution before.
        var before = await Blending.RecordAsync(prepared, ct);
        var models = Blending
            .RecipesOf(context.Project)
            .ToDictionary(
                recipe => recipe.Name,
                recipe =>
                    recipe == Recipe.First
                        ? report.FirstModelUri
                        : arguments.Optional(recipe.Name)
                            ?? before?.Models.GetValueOrDefault(recipe.Name)
                            ?? arguments.Required(recipe.Name)
            );
        var blending = new Blending(context.Project, prepared, new StoredModels(context).FindAsync);
        var (blend, record) = await blending.RunAsync(
            report.DatasetVersion,
            report.EnoughRecent == "true",
            models,
            before,
            Path.Combine(context.Folders.Output("model"), "model.tar.gz"),
            ct
        );
        await File.WriteAllTextAsync(
            Path.Combine(context.Folders.Output("blend"), BlendReport.File),
            RecordJson.WriteDocument(blend),
            ct
        );
        await context.Bucket.PutTextAsync(Layout.Recipes, RecordJson.WriteDocument(record), ct);
        Console.WriteLine(blend.Reason);
    }
}
