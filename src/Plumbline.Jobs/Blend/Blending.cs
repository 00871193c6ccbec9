using Plumbline.Jobs.Prepare;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Records.Recipes;
using Plumbline.XGBoost.Models;

namespace Plumbline.Jobs.Blend;

/// <summary>Weighs and merges the models of one execution's recipes, in a job and in a replay.</summary>
/// <param name="project">The recipes, the task and the window.</param>
/// <param name="prepared">The output of prepare.</param>
/// <param name="findAsync">Finds the local path of a model by its URI; null if it no longer exists.</param>
internal sealed class Blending(
    ProjectDescription project,
    string prepared,
    Func<string, CancellationToken, Task<string?>> findAsync
)
{
    /// <summary>A part of less weight changes no answer, but costs as much as any other.</summary>
    private const double LeastWeight = 0.005;

    /// <summary>The recipes that a blend may have, in the order of messages.</summary>
    public static IReadOnlyList<Recipe> Known { get; } = [Recipe.New, Recipe.Decay, Recipe.Recent, Recipe.First];

    /// <summary>The recipes of a project's blend.</summary>
    public static IEnumerable<Recipe> RecipesOf(ProjectDescription project) =>
        Known.Where(recipe => recipe == Recipe.New || project.Training.Recipes.Contains(recipe.Name));

    /// <summary>The record of the execution before, from the output of prepare; null if it does not count.</summary>
    public static async Task<RecipeRecord?> RecordAsync(string prepared, CancellationToken ct)
    {
        var path = Path.Combine(prepared, RecipeFiles.Record);
        return File.Exists(path) ? await RecordJson.ReadFileAsync<RecipeRecord>(path, ct) : null;
    }

    /// <summary>Writes the merged model.</summary>
    /// <param name="version">The data set version that the models learned.</param>
    /// <param name="enoughRecent">False if the newest rows are too few for a model of their own.</param>
    /// <param name="models">The URI of each recipe's model.</param>
    /// <param name="before">See <see cref="RecordAsync"/>.</param>
    /// <param name="path">The model.tar.gz to write.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The parts, and the record from which the next execution goes on.</returns>
    public async Task<(BlendReport Blend, RecipeRecord Record)> RunAsync(
        string version,
        bool enoughRecent,
        IReadOnlyDictionary<string, string> models,
        RecipeRecord? before,
        string path,
        CancellationToken ct
    )
    {
        var record = await JudgeAsync(version, models, before, ct);
        Recipe[] recipes = [.. Known.Where(recipe => models.ContainsKey(recipe.Name))];
        var archives = new Dictionary<string, ModelArchive>();
        foreach (var recipe in recipes)
        {
            var uri = models[recipe.Name];
            archives[recipe.Name] = ModelArchive.Read(
                await findAsync(uri, ct) ?? throw new UserError(uri, "does not exist"),
                uri
            );
        }
        var (fitting, leftOut) = Fitting(recipes, archives, enoughRecent, OldestMoves(record));
        var weights = record.Losses.Weights(
            recipes,
            [.. recipes.Select(recipe => fitting.Contains(recipe) ? recipe.Prior : 0)],
            project.Monitor.Window
        );
        var least = weights.Max() < LeastWeight ? 0 : LeastWeight;
        var kept = recipes.Zip(weights).Where(one => one.Second > least).ToList();
        var total = kept.Sum(one => one.Second);
        var blend = BlendReport.Of(
            kept.Select(one => new BlendedPart(one.First.Name, one.Second / total, models[one.First.Name])),
            record.Losses.Times.Count,
            IsRefresh(before, models)
                ? [.. leftOut, "Only recent was trained; the other parts are those of an earlier training."]
                : leftOut
        ) with
        {
            FirstBehind = record.Losses.FindFirstBehind(project.Monitor.Window),
        };
        BlendArchive.Write(path, blend.Parts, archives, Environment.ProcessorCount);
        return (blend, record);
    }

    /// <summary>
    /// Judges the models of the execution before on the labels that arrived since, and puts the new models in their
    /// place. The record that prepare found is read, not the newest one, so that the job can be repeated.
    /// </summary>
    private async Task<RecipeRecord> JudgeAsync(
        string version,
        IReadOnlyDictionary<string, string> models,
        RecipeRecord? before,
        CancellationToken ct
    )
    {
        var losses = RecipeLosses.Empty;
        if (before is not null)
        {
            var arrived = ArrivedRows.Read(prepared, project);
            var judged = new Dictionary<string, double[]>();
            foreach (var (recipe, uri) in before.Models)
            {
                if (await findAsync(uri, ct) is { } folder)
                {
                    judged[recipe] = arrived.Losses(folder, project);
                }
            }
            losses = before.Losses.With(arrived.Times, judged, project.Monitor.Window);
        }
        return new RecipeRecord
        {
            DatasetVersion = version,
            Models = new SortedDictionary<string, string>(models.ToDictionary(), StringComparer.Ordinal),
            Losses = losses,
        };
    }

    private static bool IsRefresh(RecipeRecord? before, IReadOnlyDictionary<string, string> models) =>
        before?.Models.GetValueOrDefault(Recipe.New.Name) == models[Recipe.New.Name];

    /// <summary>
    /// True while nothing tells how good the first model is in a regression: there, one bad part moves each answer, while
    /// a classifier's answer stays that of the others.
    /// </summary>
    private bool OldestMoves(RecipeRecord record) =>
        project.Task == TaskKind.Regression && record.Losses.Times.Count < BlendWeights.LeastRows;

    /// <summary>The recipes whose models can be merged with the new one, and why others cannot.</summary>
    private static (HashSet<Recipe> Fitting, List<string> LeftOut) Fitting(
        Recipe[] recipes,
        Dictionary<string, ModelArchive> archives,
        bool enoughRecent,
        bool oldestMoves
    )
    {
        var fitting = new HashSet<Recipe> { Recipe.New };
        var leftOut = new List<string>();
        foreach (var recipe in recipes.Where(recipe => recipe != Recipe.New))
        {
            var reason =
                recipe == Recipe.Recent && !enoughRecent
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
