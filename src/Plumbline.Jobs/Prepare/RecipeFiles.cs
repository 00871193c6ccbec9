using System.Globalization;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Jobs.Prepare;

/// <summary>
/// The files that the recipes and their blend need, below the output of prepare: weights of the rows to train on, and
/// the labels that judge the models of the execution before.
/// </summary>
internal sealed class RecipeFiles(ProjectDescription project, DataSetManifest manifest, string folder)
{
    /// <summary>The labels that arrived since the recipes' models were trained: <c>label,cells</c> as in a test file.</summary>
    public const string Arrived = "arrived.csv";

    /// <summary>The times of the same rows.</summary>
    public const string ArrivedTimes = "arrived-times.csv";

    /// <summary>The record of the execution before; missing if there was none, or if it cannot be compared with.</summary>
    public const string Record = "recipes.json";

    /// <summary>The weights of the rows to train on, below the recipe's name.</summary>
    private const string Weights = "weights.csv";

    /// <summary>
    /// Writes the weights, and the arrived labels if the execution before left models to judge. Its record counts if its
    /// models were made from the same columns and labels.
    /// </summary>
    /// <param name="features">The feature columns.</param>
    /// <param name="corrections">The corrections of the version.</param>
    /// <param name="record">The record of the execution before, or null.</param>
    /// <param name="known">The version that its models learned; null without a record.</param>
    /// <param name="output">The output of prepare.</param>
    /// <returns>The record, if it counts; and true if the newest rows are enough for a model of their own.</returns>
    public (RecipeRecord? Record, bool Enough) Write(
        IReadOnlyList<string> features,
        IReadOnlyList<Correction> corrections,
        RecipeRecord? record,
        DataSetManifest? known,
        string output
    )
    {
        var ages = new ServedAges(project, manifest, corrections);
        var (recent, enough) = ages.Recent();
        WriteWeights(Path.Combine(output, Recipe.Decay.Name), ages.Decay());
        WriteWeights(Path.Combine(output, Recipe.Recent.Name), recent);
        if (record is null || known is null || Lineage.Of(project, features, known).Contest != Contest.OldAndNew)
        {
            return (null, enough);
        }

        File.WriteAllText(Path.Combine(output, Record), RecordJson.WriteDocument(record));
        WriteArrived(corrections, known.Corrections.All().ToHashSet(), output);
        return (record, enough);
    }

    /// <summary>
    /// True if a refresh is possible: there are models to blend with, and rows for the one that it trains. Otherwise all
    /// candidates are trained.
    /// </summary>
    public static bool AllowRefresh(RecipeRecord? before, bool enough) => before is not null && enough;

    private static void WriteWeights(string folder, float[] weights)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(
            Path.Combine(folder, Weights),
            weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture))
        );
    }

    private void WriteArrived(IReadOnlyList<Correction> corrections, HashSet<Guid> known, string output)
    {
        var audited = corrections
            .Where(one => one.List == ReviewList.Audit)
            .Select(one => one.JoinKey)
            .ToHashSet(StringComparer.Ordinal);
        var seen = corrections
            .Where(one => known.Contains(one.Id))
            .Select(one => one.JoinKey)
            .ToHashSet(StringComparer.Ordinal);
        var byId = corrections.ToDictionary(one => one.Id);
        var rows = Learned(manifest.Names.Train, manifest.Base.Train, manifest.Corrections.Train)
            .Concat(Learned(manifest.Names.Validation, manifest.Base.Validation, manifest.Corrections.Validation))
            .Select(row => (Correction: byId[row.Id], row.Line))
            .Where(row => audited.Contains(row.Correction.JoinKey) && !seen.Contains(row.Correction.JoinKey))
            .OrderBy(row => row.Correction.InferenceTime)
            .ToList();
        File.WriteAllLines(Path.Combine(output, Arrived), rows.Select(row => row.Line));
        File.WriteAllLines(
            Path.Combine(output, ArrivedTimes),
            rows.Select(row => row.Correction.InferenceTime.ToString("O", CultureInfo.InvariantCulture))
        );
    }

    /// <summary>The corrections of a file, which follow its base rows.</summary>
    private IEnumerable<(Guid Id, string Line)> Learned(string file, int baseRows, IReadOnlyList<Guid> ids) =>
        ids.Zip(File.ReadLines(Path.Combine(folder, file)).Skip(baseRows));
}
