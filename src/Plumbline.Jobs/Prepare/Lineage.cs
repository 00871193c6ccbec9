using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.Prepare;

/// <summary>The consequences of a parent's data set for the next one.</summary>
/// <param name="Comparable">Whether the parent can be continued, and compared with on the new data set's held-out rows.</param>
/// <param name="Reason">Why not, or nothing.</param>
/// <param name="EarlierSplits">The rules its line was trained under, oldest first.</param>
public sealed record Lineage(bool Comparable, string Reason, IReadOnlyList<SplitRule> EarlierSplits)
{
    /// <summary>Compares the parent's data set with the project as it is now.</summary>
    /// <param name="project">The project now.</param>
    /// <param name="features">The feature columns now.</param>
    /// <param name="parent">The parent's manifest, null where it is not known.</param>
    public static Lineage Of(ProjectDescription project, IReadOnlyList<string> features, DataSetManifest? parent)
    {
        if (parent is null)
        {
            return Broken("what it was trained on is not known, so held-out rows may have been among it");
        }
        if (!parent.Features.SequenceEqual(features))
        {
            return Broken("it was trained on other columns");
        }
        if (!project.HasLabels(parent.Labels))
        {
            return Broken("it was trained on other labels");
        }
        if (parent.Split.Method != project.Data.Split)
        {
            return Broken(
                "its rows were divided in another way (data.split), so it has seen rows that are held out now"
            );
        }
        return new Lineage(true, "", [.. parent.EarlierSplits, parent.Split]);
    }

    private static Lineage Broken(string why) =>
        new(
            false,
            $"Production cannot be continued or compared with: {why}. The next model is judged as a first one.",
            []
        );
}
