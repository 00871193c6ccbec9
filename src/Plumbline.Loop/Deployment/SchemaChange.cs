using Plumbline.Loop.Data;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Deployment;

/// <summary>
/// The consequences of labels or columns that differ from production's: for callers, for earlier corrections, and for
/// the comparison of models. People see them before anything is done.
/// </summary>
public static class SchemaChange
{
    /// <summary>The changes that the project in a folder would make; empty if production's data is unknown.</summary>
    public static async Task<IReadOnlyList<string>> OfFolderAsync(
        LoopContext loop,
        ProjectFolder folder,
        CancellationToken cancellationToken = default
    )
    {
        if (
            !folder.Description.Data.Paths().All(path => BaseFiles.Exists(Path.Combine(folder.Root, path)))
            || await LiveAsync(loop, cancellationToken) is not { } live
        )
        {
            return [];
        }

        var features = await FeaturesAsync(loop, folder, cancellationToken);
        return await OfAsync(loop, live, folder.Description.Labels, features, cancellationToken);
    }

    /// <summary>The changes that the deployment of a version would make.</summary>
    public static async Task<IReadOnlyList<string>> OfVersionAsync(
        LoopContext loop,
        ModelVersion version,
        CancellationToken cancellationToken = default
    ) =>
        await LiveAsync(loop, cancellationToken) is { } live
        && await new DataSets(loop).FindAsync(version.DataSetVersion, cancellationToken) is { } next
            ? await OfAsync(loop, live, next.Labels, next.Features, cancellationToken)
            : [];

    /// <summary>The sentences about a change; empty if nothing changes.</summary>
    /// <param name="project">Has the earlier names of the labels.</param>
    /// <param name="live">The data set of the model in production.</param>
    /// <param name="labels">The new labels.</param>
    /// <param name="features">The new columns.</param>
    /// <param name="said">The number of earlier corrections for each label, by the label's name at the time.</param>
    public static IReadOnlyList<string> Sentences(
        ProjectDescription project,
        DataSetManifest live,
        IReadOnlyList<string> labels,
        IReadOnlyList<string> features,
        IReadOnlyDictionary<string, int> said
    )
    {
        var lines = new List<string>();
        string? Now(string label) =>
            labels.Contains(label) ? label
            : project.NameOf(label) is { } now && labels.Contains(now) ? now
            : null;

        foreach (var label in live.Labels.Where(label => !labels.Contains(label)))
        {
            lines.Add(
                Now(label) is { } now
                    ? $"label '{label}' is called '{now}' now: callers get the new name once the new version is live{Earlier("; ", said.GetValueOrDefault(label), "is read under the new name", "are read under the new name")}."
                    : $"label '{label}' is gone{Earlier(": ", said.GetValueOrDefault(label), "cannot be used", "cannot be used")}. If it was only renamed, write `was: {label}` next to its new name in labels."
            );
        }

        lines.AddRange(
            labels
                .Where(label => !live.Labels.Select(Now).Contains(label))
                .Select(label => $"label '{label}' is new: production never answers it.")
        );
        if ((live.Contents == true) != project.Data.IsContent())
        {
            lines.Add(
                project.Data.IsContent()
                    ? "production takes rows of a table, and the new version takes images or texts: callers have to send the other form once it is live."
                    : "production takes images or texts, and the new version takes rows of a table: callers have to send the other form once it is live."
            );
            lines.Add(
                "the next model can neither continue production's nor be compared with it: it is judged as a first model."
            );
            return lines;
        }

        var all = said.Values.Sum();
        var (added, removed) = (features.Except(live.Features).ToList(), live.Features.Except(features).ToList());
        lines.AddRange(
            removed.Select(name =>
                $"column {name} was removed{Earlier(": ", all, "is used without it", "are used without it")}."
            )
        );
        lines.AddRange(
            added.Select(name =>
                $"column {name} was added{Earlier(": ", all, "has no value there", "have no value there")}."
            )
        );
        if (live.Features.Count != features.Count)
        {
            lines.Add(
                $"callers that send {live.Features.Count} values will be refused once the new version is live, which takes {features.Count}."
            );
        }
        else if (!live.Features.SequenceEqual(features))
        {
            lines.Add(
                "the columns or their order are different, but not their number: callers that still send the old ones are not refused, and get wrong answers."
            );
        }

        if (!live.Labels.Select(Now).SequenceEqual(labels) || !live.Features.SequenceEqual(features))
        {
            var next = Lineage.Of(project with { Labels = labels }, features, live);
            lines.Add(
                next.Contest == Contest.NewOnly
                    ? "the next training leaves the old candidate out, and compares the new model with production, whose answer to a new label counts as wrong."
                    : "the next model can neither continue production's nor be compared with it: it is judged as a first model."
            );
        }

        return lines;
    }

    /// <summary>The candidates of the next training from a folder; null without a known model in production.</summary>
    public static async Task<Lineage?> NextAsync(
        LoopContext loop,
        ProjectFolder folder,
        CancellationToken cancellationToken = default
    ) =>
        await LiveAsync(loop, cancellationToken) is { } live
            ? Lineage.Of(folder.Description, await FeaturesAsync(loop, folder, cancellationToken), live)
            : null;

    private static async Task<IReadOnlyList<string>> FeaturesAsync(
        LoopContext loop,
        ProjectFolder folder,
        CancellationToken cancellationToken
    )
    {
        if (folder.Description.Data.IsContent())
        {
            return [];
        }

        var files = await BaseSource.OpenAsync(folder, () => loop.Clients.S3, cancellationToken);
        return DataSetBuilder.ReadFeatures(files, folder.Description);
    }

    private static string Earlier(string before, int count, string one, string many) =>
        count == 0 ? "" : before + Plural.Of(count, $"earlier correction {one}", $"earlier corrections {many}");

    private static async Task<DataSetManifest?> LiveAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        if (production?.PackageArn is not { } arn)
        {
            return null;
        }

        return await new EarlierVersions(loop).FindAsync(arn, cancellationToken) is { } version
            ? await new DataSets(loop).FindAsync(version.DataSetVersion, cancellationToken)
            : null;
    }

    private static async Task<IReadOnlyList<string>> OfAsync(
        LoopContext loop,
        DataSetManifest live,
        IReadOnlyList<string> labels,
        IReadOnlyList<string> features,
        CancellationToken cancellationToken
    )
    {
        if (live.Labels.SequenceEqual(labels) && live.Features.SequenceEqual(features))
        {
            return [];
        }

        var said = new Dictionary<string, int>();
        await foreach (var file in new CorrectionFeed(loop.Bucket, []).NextAsync(cancellationToken))
        {
            foreach (var correction in file.Corrections)
            {
                said[correction.Label] = said.GetValueOrDefault(correction.Label) + 1;
            }
        }

        return Sentences(loop.Project, live, labels, features, said);
    }
}
