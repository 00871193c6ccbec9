using Plumbline.Jobs.Blend;
using Plumbline.Jobs.Prepare;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Backtest.Projects;

/// <summary>A model with the data set version that it learned.</summary>
/// <param name="Folder">The folder with the model or its archive.</param>
/// <param name="Learned">The version.</param>
internal sealed record ReplayedModel(string Folder, DataSetManifest Learned);

/// <summary>The result of an execution of the training pipeline.</summary>
/// <param name="Learned">The data set version.</param>
/// <param name="Recommended">The candidate to deploy; null keeps production.</param>
/// <param name="Comparison">The comparison; null for a first model.</param>
/// <param name="Blend">The parts of the blend; null without recipes.</param>
/// <param name="Trainings">The rows of each training.</param>
internal sealed record ExecutionResult(
    DataSetManifest Learned,
    ReplayedModel? Recommended,
    ComparisonReport? Comparison,
    BlendReport? Blend,
    IReadOnlyDictionary<string, int> Trainings
);

/// <summary>
/// Executions of the training pipeline (<c>Loop/Training/TrainingPipeline</c>) one after the other, without a cloud.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="baseFiles">The base data.</param>
/// <param name="root">A folder for the files of all executions.</param>
internal sealed class ReplayedExecutions(ProjectDescription project, BaseFiles baseFiles, string root)
{
    private RecipeRecord? record;
    private DataSetManifest? recordKnows;
    private int count;

    /// <summary>The rows of the newest training of all candidates; null before the first.</summary>
    public long? Full { get; private set; }

    /// <summary>Trains the first model.</summary>
    public async Task<ExecutionResult> FirstAsync(DateTimeOffset at, CancellationToken ct)
    {
        var jobs = Next();
        var manifest = Prepare(jobs, [], at, parent: null);
        var model = jobs.Train("first", project.Training.Rounds);
        await jobs.EvaluateAsync("first", model, at, ct);
        return new ExecutionResult(
            manifest,
            new ReplayedModel(model, manifest),
            Comparison: null,
            Blend: null,
            Trained("first", manifest)
        );
    }

    /// <summary>Trains the candidates, or the model of the newest rows alone, and compares them with production.</summary>
    /// <param name="production">The model in production.</param>
    /// <param name="corrections">All labels so far.</param>
    /// <param name="kind">The kind of the training.</param>
    /// <param name="at">The start of the execution.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<ExecutionResult> ContestAsync(
        ReplayedModel production,
        IReadOnlyList<Correction> corrections,
        TrainingKind kind,
        DateTimeOffset at,
        CancellationToken ct
    )
    {
        var jobs = Next();
        var manifest = Prepare(jobs, corrections, at, production.Learned);
        var (before, enough) =
            project.Training.Recipes.Count > 0
                ? new RecipeFiles(project, manifest, jobs.DataSet).Write(
                    manifest.Features,
                    corrections,
                    record,
                    recordKnows,
                    jobs.Prepared
                )
                : (null, false);
        var candidates = new Dictionary<string, string>();
        var trained = new Dictionary<string, int>();
        if (!kind.IsRefresh || !RecipeFiles.AllowRefresh(before, enough))
        {
            candidates["old"] = jobs.Train("old", project.Training.AddedRounds, production.Folder);
            candidates["new"] = jobs.Train("new", project.Training.Rounds);
            trained = Trained("old", manifest).Concat(Trained("new", manifest)).ToDictionary();
            Full = manifest.Rows();
        }
        BlendReport? blend = null;
        if (project.Training.Recipes.Count > 0)
        {
            blend = await BlendAsync(jobs, manifest, production, before, enough, candidates, trained, ct);
        }
        foreach (var (role, model) in candidates.Append(new("production", production.Folder)))
        {
            await jobs.EvaluateAsync(role, model, at, ct);
        }
        var comparison = await jobs.CompareAsync(candidates.Keys.Append("production"), blend, ct);
        return new ExecutionResult(
            manifest,
            candidates.TryGetValue(comparison.Recommended, out var taken) ? new ReplayedModel(taken, manifest) : null,
            comparison,
            blend,
            trained
        );
    }

    private async Task<BlendReport> BlendAsync(
        ReplayedJobs jobs,
        DataSetManifest manifest,
        ReplayedModel production,
        RecipeRecord? before,
        bool enough,
        Dictionary<string, string> candidates,
        Dictionary<string, int> trained,
        CancellationToken ct
    )
    {
        var isRefresh = !candidates.TryGetValue("new", out var fresh);
        var models = before?.Models.ToDictionary() ?? [];
        models.TryAdd(Recipe.First.Name, production.Folder);
        models[Recipe.New.Name] = fresh ?? models[Recipe.New.Name];
        foreach (var recipe in isRefresh ? [Recipe.Recent.Name] : project.Training.TrainedRecipes())
        {
            var weights = Path.Combine(jobs.Prepared, recipe);
            models[recipe] = jobs.Train(
                recipe,
                project.Training.Rounds,
                weights: weights,
                encoder: isRefresh ? models[Recipe.New.Name] : null
            );
            trained[recipe] = File.ReadLines(Directory.GetFiles(weights)[0]).Count(line => line != "0");
        }
        var folder = jobs.Folder("blend");
        var used = Blending.RecipesOf(project).ToDictionary(recipe => recipe.Name, recipe => models[recipe.Name]);
        var (blend, after) = await new Blending(project, jobs.Prepared, FindAsync).RunAsync(
            manifest.Version,
            enough,
            used,
            before,
            Path.Combine(folder, "model.tar.gz"),
            ct
        );
        (record, recordKnows) = (after, manifest);
        candidates["blend"] = folder;
        return blend;
    }

    private DataSetManifest Prepare(
        ReplayedJobs jobs,
        IReadOnlyList<Correction> corrections,
        DateTimeOffset at,
        DataSetManifest? parent
    )
    {
        var lineage = Lineage.Of(project, DataSetBuilder.ReadFeatures(baseFiles, project), parent);
        return DataSetBuilder.Build(
            project,
            baseFiles,
            corrections,
            lineage.EarlierSplits,
            jobs.DataSet,
            at,
            parent,
            keyColumns: lineage.KeyColumns
        );
    }

    private ReplayedJobs Next() => new(project, Path.Combine(root, $"execution-{count++}"));

    private static Task<string?> FindAsync(string folder, CancellationToken ct) =>
        Task.FromResult(Directory.Exists(folder) ? folder : null);

    private static Dictionary<string, int> Trained(string name, DataSetManifest manifest) =>
        new() { [name] = manifest.Files[manifest.Names.Train].Rows };
}
