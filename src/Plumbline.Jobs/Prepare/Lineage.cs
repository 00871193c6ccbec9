using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.Prepare;

/// <summary>The consequences of a parent's data set for the next data set.</summary>
/// <param name="Comparable">
/// True if the training can continue the parent, and the new data set's held-out rows can be used to compare with it.
/// </param>
/// <param name="Reason">The reason if <paramref name="Comparable"/> is false; otherwise empty.</param>
/// <param name="EarlierSplits">The split rules of the parent and its ancestors, oldest first.</param>
public sealed record Lineage(bool Comparable, string Reason, IReadOnlyList<SplitRule> EarlierSplits)
{
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
        if (!parent.Features.SequenceEqual(features))
        {
            return Broken("it was trained on other columns");
        }
        if (!(parent.Schema?.Columns ?? []).SequenceEqual(project.Data.Schema?.Columns ?? []))
        {
            return Broken("it was trained on other kinds of columns (data.columns)");
        }
        if (!project.HasLabels(parent.Labels))
        {
            return Broken("it was trained on other labels");
        }
        if (parent.Split.Method != project.Data.Split)
        {
            return Broken(
                "its rows were split by another rule (data.split), so it has seen rows that are held out now"
            );
        }
        return new Lineage(true, "", [.. parent.EarlierSplits, parent.Split]);
    }

    private static Lineage Broken(string why) =>
        new(
            false,
            $"The model in production cannot be continued or compared with: {why}. "
                + "The next model is judged as a first model.",
            []
        );
}
