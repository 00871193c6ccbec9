using Plumbline.Jobs.Prepare;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Blend;

/// <summary>
/// <c>plumbline-jobs blend</c>: merges the recipes' models into one, weighted by how the models of the execution before
/// did on labels that they had not seen.
/// </summary>
public static class BlendCommand
{
    /// <summary>A part of less weight changes no answer, but costs as much as any other.</summary>
    private const double LeastWeight = 0.005;

    /// <summary>The recipes that a blend may have, in the order of messages.</summary>
    private static readonly Recipe[] Known = [Recipe.New, Recipe.Decay, Recipe.Recent, Recipe.First];

    public static Task<int> RunAsync(string[] args, CancellationToken stop) =>
        ProcessingCommand.RunAsync(args, [.. Known.Select(recipe => recipe.Name)], RunAsync, stop);

    public static async Task RunAsync(ProcessingContext context, ProcessingArguments arguments, CancellationToken ct)
    {
        var prepared = context.Folders.Input("prepared");
        var report = await RecordJson.ReadFileAsync<PrepareReport>(Path.Combine(prepared, "prepare.json"), ct);
        var models = Known
            .Where(recipe => recipe == Recipe.New || context.Project.Training.Recipes.Contains(recipe.Name))
            .ToDictionary(
                recipe => recipe.Name,
                recipe => recipe == Recipe.First ? report.FirstModelUri : arguments.Required(recipe.Name)
            );
        var record = await JudgeAsync(context, prepared, report, models, ct);

        Recipe[] recipes = [.. Known.Where(recipe => models.ContainsKey(recipe.Name))];
        var archives = new Dictionary<string, ModelArchive>();
        foreach (var recipe in recipes)
        {
            archives[recipe.Name] = await new StoredModels(context).ReadAsync(models[recipe.Name], ct);
        }
        var (fitting, leftOut) = Fitting(recipes, archives, report, OldestMoves(context, record));
        var weights = record.Losses.Weights(
            recipes,
            [.. recipes.Select(recipe => fitting.Contains(recipe) ? recipe.Prior : 0)],
            context.Project.Monitor.Window
        );
        var least = weights.Max() < LeastWeight ? 0 : LeastWeight;
        var kept = recipes.Zip(weights).Where(one => one.Second > least).ToList();
        var total = kept.Sum(one => one.Second);
        var blend = BlendReport.Of(
            kept.Select(one => new BlendedPart(one.First.Name, one.Second / total, models[one.First.Name])),
            record.Losses.Times.Count,
            leftOut
        );
        BlendArchive.Write(
            Path.Combine(context.Folders.Output("model"), "model.tar.gz"),
            blend.Parts,
            archives,
            Environment.ProcessorCount
        );
        await File.WriteAllTextAsync(
            Path.Combine(context.Folders.Output("blend"), "blend.json"),
            RecordJson.WriteDocument(blend),
            ct
        );
        await context.Bucket.PutTextAsync(Layout.Recipes, RecordJson.WriteDocument(record), ct);
        Console.WriteLine(blend.Reason);
    }

    /// <summary>
    /// Judges the models of the execution before on the labels that arrived since, and puts the new models in their
    /// place. The record that prepare found is read, not the newest one, so that the job can be repeated.
    /// </summary>
    private static async Task<RecipeRecord> JudgeAsync(
        ProcessingContext context,
        string prepared,
        PrepareReport report,
        Dictionary<string, string> models,
        CancellationToken ct
    )
    {
        var path = Path.Combine(prepared, RecipeFiles.Record);
        var losses = RecipeLosses.Empty;
        if (File.Exists(path))
        {
            var before = await RecordJson.ReadFileAsync<RecipeRecord>(path, ct);
            var arrived = ArrivedRows.Read(prepared, context.Project);
            var judged = new Dictionary<string, double[]>();
            foreach (var (recipe, uri) in before.Models)
            {
                if (await new StoredModels(context).FindAsync(uri, ct) is { } folder)
                {
                    judged[recipe] = arrived.Losses(folder, context.Project);
                }
            }
            losses = before.Losses.With(arrived.Times, judged, context.Project.Monitor.Window);
        }
        return new RecipeRecord
        {
            DatasetVersion = report.DatasetVersion,
            Models = new SortedDictionary<string, string>(models, StringComparer.Ordinal),
            Losses = losses,
        };
    }

    /// <summary>
    /// True while nothing tells how good the first model is in a regression: there, one bad part moves each answer, while
    /// a classifier's answer stays that of the others.
    /// </summary>
    private static bool OldestMoves(ProcessingContext context, RecipeRecord record) =>
        context.Project.Task == TaskKind.Regression && record.Losses.Times.Count < BlendWeights.LeastRows;

    /// <summary>The recipes whose models can be merged with the new one, and why others cannot.</summary>
    private static (HashSet<Recipe> Fitting, List<string> LeftOut) Fitting(
        Recipe[] recipes,
        Dictionary<string, ModelArchive> archives,
        PrepareReport report,
        bool oldestMoves
    )
    {
        var fitting = new HashSet<Recipe> { Recipe.New };
        var leftOut = new List<string>();
        foreach (var recipe in recipes.Where(recipe => recipe != Recipe.New))
        {
            var reason =
                recipe == Recipe.Recent && report.EnoughRecent != "true"
                    ? $"under {RowAges.EnoughLabels} of the newest rows have a label"
                : recipe == Recipe.First && oldestMoves ? "too few labels have judged it yet"
                : BlendArchive.Misfit(archives[Recipe.New.Name], archives[recipe.Name]);
            if (reason is null)
            {
                fitting.Add(recipe);
            }
            else
            {
                leftOut.Add($"Without {recipe.Name}: {reason}.");
            }
        }
        return (fitting, leftOut);
    }
}
