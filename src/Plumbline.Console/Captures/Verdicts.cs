using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records.GroundTruth;

namespace Plumbline.WebConsole.Captures;

/// <summary>People's verdicts on predictions, from an index.</summary>
public sealed class Verdicts
{
    private const string Columns = "SELECT key, id, label, reviewer, list, time, reason FROM corrections";

    private readonly CaptureIndex index;

    internal Verdicts(CaptureIndex index) => this.index = index;

    /// <summary>The verdicts on some predictions, by join key; predictions without one are missing.</summary>
    public Task<IReadOnlyDictionary<string, Verdict>> OfAsync(
        IReadOnlyCollection<string> joinKeys,
        CancellationToken cancellationToken = default
    ) => index.ReadAsync(connection => Of(connection, joinKeys), cancellationToken);

    /// <summary>The predictions whose reviewers' last answers differ, the newest answer first.</summary>
    public Task<IReadOnlyList<Verdict>> ConflictsAsync(int most, CancellationToken cancellationToken = default) =>
        index.ReadAsync<IReadOnlyList<Verdict>>(
            connection =>
            {
                // A rough selection of several people and several labels; Verdict has the rule itself.
                var rows = connection.Query<CorrectionRow>(
                    $"""
                    {Columns} WHERE key IN (
                        SELECT key FROM corrections GROUP BY key
                        HAVING count(DISTINCT reviewer) > 1 AND count(DISTINCT label) > 1
                    )
                    """
                );
                var conflicts = ByKey(rows).Values.Where(verdict => verdict.IsConflict);
                return [.. conflicts.OrderByDescending(verdict => verdict.Winner.Id).Take(most)];
            },
            cancellationToken
        );

    /// <summary>
    /// The number of predictions with a label that no model was trained with, as the governor counts.
    /// </summary>
    /// <param name="learned">The ids of the corrections that a model was trained with.</param>
    public Task<long> CountNewAsync(IReadOnlySet<Guid> learned, CancellationToken cancellationToken = default) =>
        index.ReadAsync(
            connection =>
                (long)
                    AnswerKey.CountNew(
                        connection
                            .Query<(string Key, string Id, string Label)>("SELECT key, id, label FROM corrections")
                            .Where(row => index.Loop.Project.LabelOf(row.Label) is not null)
                            .Select(row => new AnswerKey(row.Key, Guid.Parse(row.Id), row.Label)),
                        learned
                    ),
            cancellationToken
        );

    internal static IReadOnlyDictionary<string, Verdict> Of(
        SqliteConnection connection,
        IEnumerable<string> joinKeys
    ) =>
        ByKey(
            joinKeys
                .Distinct()
                .Chunk(500)
                .SelectMany(keys => connection.Query<CorrectionRow>($"{Columns} WHERE key IN @keys", new { keys }))
        );

    private static Dictionary<string, Verdict> ByKey(IEnumerable<CorrectionRow> rows) =>
        rows.GroupBy(row => row.Key)
            .ToDictionary(ofOne => ofOne.Key, ofOne => new Verdict(ofOne.Key, ofOne.Select(row => row.ToGivenLabel())));

    private sealed record CorrectionRow(
        string Key,
        string Id,
        string Label,
        string Reviewer,
        long List,
        long Time,
        string? Reason
    )
    {
        public GivenLabel ToGivenLabel() =>
            new(
                Guid.Parse(Id),
                Label,
                Reviewer,
                (ReviewList)List,
                DateTimeOffset.FromUnixTimeMilliseconds(Time),
                Reason
            );
    }
}
