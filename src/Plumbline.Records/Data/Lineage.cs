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
    /// <summary>
    /// The number of names in a reason: SageMaker's metadata of a version take 256 characters, and no comma.
    /// </summary>
    private const int MostNames = 2;

    private const int LongestName = 24;

    /// <summary>Compares the parent's data set with the current project.</summary>
    /// <param name="project">The current project.</param>
    /// <param name="features">The current feature columns.</param>
    /// <param name="parent">The parent's manifest, or null if it is unknown.</param>
    /// <param name="trainedBy">The parent's training; null if it is the project's, or unknown.</param>
    public static Lineage Of(
        ProjectDescription project,
        IReadOnlyList<string> features,
        DataSetManifest? parent,
        TrainingDescription? trainedBy = null
    )
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
        var before = trainedBy ?? project.Training;
        if (before.HasHandler() != project.Training.HasHandler() || IsBackToTrees(project.Training, before))
        {
            return Broken($"it was trained by {before.Algorithm} (training.algorithm), and another program served it");
        }
        var columns = features.Except(parent.Features).ToList();
        var classes = project.Labels.Except(labels).ToList();
        var splits = parent.EarlierSplits.Append(parent.Split).ToList();
        if (columns.Count + classes.Count == 0 && before.Algorithm != project.Training.Algorithm)
        {
            return new Lineage(
                Contest.NewOnly,
                $"The old candidate is left out: production was trained by {before.Algorithm} and {project.Training.Algorithm} cannot continue it.",
                splits,
                parent.KeyColumns
            );
        }
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

    /// <summary>True if the evaluation reads an XGBoost model, and production is another one.</summary>
    private static bool IsBackToTrees(TrainingDescription now, TrainingDescription before) =>
        before.BringsCode() && !now.BringsCode();

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
            : $"the {(names.Count == 1 ? one : many)} {string.Join(" and ", names.Take(MostNames).Select(Short))}"
                + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    private static string Short(string name) =>
        string.Concat(name.Take(LongestName).Select(c => IsAllowed(c) ? c : '_'))
        + (name.Length > LongestName ? "..." : "");

    /// <summary>True for the characters of SageMaker's metadata; a comma or a quote is not one of them.</summary>
    private static bool IsAllowed(char c) =>
        char.IsLetterOrDigit(c) || c is ' ' or '_' or '.' or ':' or '/' or '=' or '+' or '-' or '@';

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
    /// A new model and production: production cannot be trained further, because it lacks a label or a column or was
    /// trained by another algorithm, but it answers the same rows without them.
    /// </summary>
    NewOnly,

    /// <summary>Production trained further, a new model, and production.</summary>
    OldAndNew,

    /// <summary>
    /// A blend and production: only the model of the newest rows is trained, and the blend's other parts are those of the
    /// execution before.
    /// </summary>
    Refresh,
}
