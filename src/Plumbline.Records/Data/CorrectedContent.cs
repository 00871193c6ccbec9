using System.Text.Json.Nodes;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Data;

/// <summary>The example that results from all corrections of one content.</summary>
/// <param name="Id">The latest correction, which counts.</param>
/// <param name="First">The first correction, which gives the example its place in time.</param>
/// <param name="Audit">True if any of the corrections came from the audit list.</param>
/// <param name="Known">True if the version that production was trained on knew any of the corrections.</param>
/// <param name="Example">The example, without its place in S3.</param>
internal sealed record CorrectedContent(Guid Id, Guid First, bool Audit, bool Known, Example Example)
{
    public SplitKey Key => SplitKey.Parse(Example.Key)!.Value;

    /// <summary>
    /// Returns the examples in the order of their first correction, and lists every other correction by the reason why
    /// it is not used.
    /// </summary>
    /// <param name="corrections">All corrections, in any order.</param>
    /// <param name="project">The labels, and the rule for split keys.</param>
    /// <param name="known">The examples of the base data whose content was corrected, by its hash.</param>
    /// <param name="earlier">The corrections that production's version knew.</param>
    public static (List<CorrectedContent> Examples, CorrectionsManifest Others) Gather(
        IReadOnlyList<Correction> corrections,
        ProjectDescription project,
        IReadOnlyDictionary<string, Example> known,
        IReadOnlySet<Guid> earlier
    )
    {
        var superseded = new List<Guid>();
        var unusable = new SortedDictionary<string, IReadOnlyList<Guid>>(StringComparer.Ordinal);
        void Refuse(string reason, Guid id) => unusable[reason] = [.. unusable.GetValueOrDefault(reason, []), id];

        var examples = new List<CorrectedContent>();
        var usable = corrections.OrderBy(one => one.Id).ToLookup(one => one.Content is not null);
        foreach (var row in usable[false])
            Refuse("a row of a table, not content", row.Id);
        foreach (var group in usable[true].GroupBy(one => one.Content!.Sha256))
        {
            // Two predictions about one content have one truth: the latest correction of either counts.
            var all = group.ToArray();
            var latest = all[^1];
            superseded.AddRange(all[..^1].Select(earlier => earlier.Id));
            if (project.LabelOf(latest.Label) is not { } label)
                Refuse(
                    project.Task.IsJson() ? "truth is not of the task's form" : "label is not one of labels",
                    latest.Id
                );
            else if (KeyOf(all, project, known) is not { } key)
                Refuse("entity unknown", latest.Id);
            else
                examples.Add(
                    new CorrectedContent(
                        latest.Id,
                        all[0].Id,
                        all.Any(one => one.List == ReviewList.Audit),
                        all.Any(one => earlier.Contains(one.Id)),
                        new Example
                        {
                            Label = label,
                            Truth = project.Task.IsJson() ? JsonNode.Parse(label) : null,
                            Class = project.Task.IsJson() ? 0 : project.IndexOf(label),
                            Content = known.GetValueOrDefault(group.Key)?.Content ?? latest.Content!,
                            SourceRef = known.GetValueOrDefault(group.Key)?.SourceRef,
                            ETag = known.GetValueOrDefault(group.Key)?.ETag,
                            VersionId = known.GetValueOrDefault(group.Key)?.VersionId,
                            Key = key,
                            Id = latest.Id.ToString(),
                            Origin = ExampleOrigin.Correction,
                            Time = latest.InferenceTime,
                        }
                    )
                );
        }
        superseded.Sort();
        return (examples, new CorrectionsManifest { Superseded = superseded, Unusable = unusable });
    }

    private static string? KeyOf(
        Correction[] all,
        ProjectDescription project,
        IReadOnlyDictionary<string, Example> known
    )
    {
        var hash = all[^1].Content!.Sha256;
        return known.TryGetValue(hash, out var example) ? example.Key
            : project.Data.SplitKey is null ? hash
            : all.Select(one => project.Data.EntityOf(one.JoinKey)).LastOrDefault(entity => entity is not null)
                is { } entity
                ? SplitKey.OfEntity(entity).ToString()
            : null;
    }
}
