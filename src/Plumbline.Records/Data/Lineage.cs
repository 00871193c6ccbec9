using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>The consequences of production's data set for the next data set and for its candidates.</summary>
/// <param name="Contest">The models that the next training compares.</param>
/// <param name="Reason">The reason if not both candidates are trained; otherwise empty.</param>
/// <param name="EarlierSplits">The split rules of the parent and its ancestors, oldest first.</param>
/// <param name="KeyColumns">
/// The columns that are the split key, if the data set has newer ones: a row stays on its side when it gets a value more.
/// Null if all columns are, or an entity is.
/// </param>
public sealed record Lineage(
    Contest Contest,
    string Reason,
    IReadOnlyList<SplitRule> EarlierSplits,
    IReadOnlyList<string>? KeyColumns = null
)
{
    /// <summary>The number of names in a reason: SageMaker's metadata of a version take 256 characters.</summary>
    private const int MostNames = 2;

    private const int LongestName = 24;

    /// <summary>Compares the parent's data set with the current project.</summary>
    /// <param name="project">The current project.</param>
    /// <param name="features">The current feature columns.</param>
    /// <param name="parent">The parent's manifest, or null if it is unknown.</param>
    public static Lineage Of(ProjectDescription project, IReadOnlyList<string> features, DataSetManifest? parent)
    {
        if (parent is null)
        {
            return Broken("its training data is unknown and may contain rows that are held out now");
        }
        if ((parent.Contents == true) != project.Data.IsContent())
        {
            return Broken("it was trained on another form of data (data.format)");
        }
        if (!parent.Features.All(features.Contains) || IsOtherOrder(parent.Features, features))
        {
            return Broken("it was trained on other columns");
        }
        if (!KindsOf(parent, parent.Features).SequenceEqual(KindsOf(project, parent.Features)))
        {
            return Broken("it was trained on other kinds of columns (data.columns)");
        }
        var labels = parent.Labels.Select(project.NameOf).ToList();
        if (labels.Contains(null) || labels.Distinct().Count() < labels.Count || IsOtherOrder(labels!, project.Labels))
        {
            return Broken("it was trained on other labels");
        }
        if (parent.Split.Method != project.Data.Split)
        {
            return Broken(
                "its rows were split by another rule (data.split), so it has seen rows that are held out now"
            );
        }
        var columns = features.Except(parent.Features).ToList();
        var classes = project.Labels.Except(labels).ToList();
        var splits = parent.EarlierSplits.Append(parent.Split).ToList();
        if (columns.Count + classes.Count == 0)
        {
            return new Lineage(Contest.OldAndNew, "", splits, parent.KeyColumns);
        }
        return new Lineage(
            Contest.NewOnly,
            $"The old candidate is left out: production was trained without {Without(columns, classes!)}.",
            splits,
            columns.Count > 0 && project.Data.SplitKey is null
                ? parent.KeyColumns ?? parent.Features
                : parent.KeyColumns
        );
    }

    /// <summary>True for the same names in another order, which makes no model comparable to one of the first order.</summary>
    private static bool IsOtherOrder(IReadOnlyList<string> before, IReadOnlyList<string> now) =>
        before.Count == now.Count && !before.SequenceEqual(now);

    private static IEnumerable<object?> KindsOf(DataSetManifest parent, IReadOnlyList<string> names) =>
        names.Select(name => parent.Schema?.Columns.FirstOrDefault(column => column.Name == name));

    private static IEnumerable<object?> KindsOf(ProjectDescription project, IReadOnlyList<string> names) =>
        names.Select(name => project.Data.Schema?.Columns.FirstOrDefault(column => column.Name == name));

    private static string Without(List<string> columns, List<string> classes) =>
        string.Join(
            " and ",
            new[] { Names("column", "columns", columns), Names("label", "labels", classes) }.OfType<string>()
        );

    private static string? Names(string one, string many, List<string> names) =>
        names.Count == 0
            ? null
            : $"the {(names.Count == 1 ? one : many)} {string.Join(", ", names.Take(MostNames).Select(Short))}"
                + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    private static string Short(string name) => name.Length > LongestName ? name[..LongestName] + "..." : name;

    private static Lineage Broken(string why) =>
        new(
            Contest.First,
            $"The model in production cannot be continued or compared with: {why}. "
                + "The next model is judged as a first model.",
            []
        );
}

/// <summary>The models that a training compares.</summary>
public enum Contest
{
    /// <summary>A first model, which is compared with none.</summary>
    First,

    /// <summary>
    /// A new model and production: production cannot be trained further, because it lacks a label or a column, but it
    /// answers the same rows without them.
    /// </summary>
    NewOnly,

    /// <summary>Production trained further, a new model, and production.</summary>
    OldAndNew,
}
