using System.Text;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>The row that results from all corrections of one prediction.</summary>
/// <param name="Id">The latest correction, which counts.</param>
/// <param name="First">The first correction, which gives the row its place in time.</param>
/// <param name="Audit">True if any of the corrections came from the audit list.</param>
/// <param name="Known">True if the version that production was trained on knew any of the corrections.</param>
/// <param name="Label">The class index of the true label; the number in a regression.</param>
/// <param name="Cells">The feature cells, joined by commas.</param>
/// <param name="HasGaps">True if the row was captured before a column existed.</param>
internal sealed record CorrectedRow(
    Guid Id,
    Guid First,
    bool Audit,
    bool Known,
    double Label,
    SplitKey Key,
    string Cells,
    bool HasGaps
)
{
    /// <summary>
    /// Returns the rows in the order of their first correction, and lists every other correction by the reason why it
    /// is not used.
    /// </summary>
    public static (List<CorrectedRow> Rows, CorrectionsManifest Others) Gather(
        IReadOnlyList<Correction> corrections,
        ProjectDescription project,
        IReadOnlyList<FeatureSchema> schemas,
        IReadOnlySet<Guid> known
    )
    {
        var kinds = project.Data.Schema is { } schema ? new SchemaCells(schema) : null;
        var rows = new List<CorrectedRow>();
        var superseded = new List<Guid>();
        var unusable = new SortedDictionary<string, IReadOnlyList<Guid>>(StringComparer.Ordinal);
        foreach (var group in corrections.OrderBy(c => c.Id).GroupBy(c => c.JoinKey))
        {
            var all = group.ToArray();
            var latest = all[^1];
            superseded.AddRange(all[..^1].Select(earlier => earlier.Id));
            var (row, reason) = Read(all, project, schemas, known, kinds);
            if (row is not null)
                rows.Add(row);
            else
                unusable[reason!] = [.. unusable.GetValueOrDefault(reason!, []), latest.Id];
        }
        superseded.Sort();
        var withGaps = rows.Count(row => row.HasGaps);
        return (
            rows,
            new CorrectionsManifest
            {
                Superseded = superseded,
                Unusable = unusable,
                WithGaps = withGaps == 0 ? null : withGaps,
            }
        );
    }

    private static (CorrectedRow?, string? Reason) Read(
        Correction[] all,
        ProjectDescription project,
        IReadOnlyList<FeatureSchema> schemas,
        IReadOnlySet<Guid> known,
        SchemaCells? kinds
    )
    {
        var latest = all[^1];
        if (project.TruthOf(latest.Label) is not { } label)
            return (null, project.Task == TaskKind.Regression ? "label is not a number" : "label is not one of labels");
        string[] captured = [.. CsvCells.Split(latest.Features).Select(cell => cell.Trim())];
        if (FeatureSchema.Read(schemas, captured, latest.InferenceTime) is not { } cells)
            return (null, "another number of columns");
        var canonical = new CanonicalFeatures();
        if (Wrong(cells, canonical, kinds) is { } wrong)
            return (null, wrong);
        if (KeyOf(latest, cells, canonical, project, schemas[^1].Features) is not { } key)
            return (null, "entity unknown");
        var audit = all.Any(c => c.List == ReviewList.Audit);
        var hasGaps =
            !ReferenceEquals(cells, captured)
            && cells.Count(cell => cell.Length == 0) > captured.Count(cell => cell.Length == 0);
        return (
            new CorrectedRow(
                latest.Id,
                all[0].Id,
                audit,
                all.Any(c => known.Contains(c.Id)),
                label,
                key,
                CsvCells.Join(cells),
                hasGaps
            ),
            null
        );
    }

    private static string? Wrong(string[] cells, CanonicalFeatures canonical, SchemaCells? kinds)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = Encoding.UTF8.GetBytes(cells[i]);
            if (kinds is not null)
            {
                if (!kinds.TryAdd(canonical, i, cell))
                    return "a cell is not of its column's kind";
            }
            else if (CanonicalFeatures.TryNumber(cell, out var number))
                canonical.AddNumber(number);
            else
                return "a cell is not a number";
        }
        return null;
    }

    private static SplitKey? KeyOf(
        Correction correction,
        string[] cells,
        CanonicalFeatures canonical,
        ProjectDescription project,
        IReadOnlyList<string> features
    )
    {
        if (project.Data.SplitKey is not { } entity)
            return SplitKey.Of(canonical);
        for (var i = 0; i < features.Count; i++)
        {
            if (features[i] == entity)
                return SplitKey.OfEntity(cells[i]);
        }
        return SplitKey.Parse(correction.SplitKey);
    }
}
