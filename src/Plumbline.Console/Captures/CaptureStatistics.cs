using Dapper;
using Plumbline.Records.GroundTruth;

namespace Plumbline.WebConsole.Captures;

/// <summary>The predictions of an hour or a day.</summary>
/// <param name="Start">The first instant of the hour or day, UTC.</param>
/// <param name="Rows">The number of predictions.</param>
/// <param name="MeanScore">The mean probability of the predicted labels, or the mean predicted number; null if the model gave none.</param>
/// <param name="ByLabel">
/// The number by predicted label; those without a label are only in <paramref name="Rows"/>.
/// </param>
public sealed record CaptureCounts(
    DateTimeOffset Start,
    long Rows,
    double? MeanScore,
    IReadOnlyDictionary<string, long> ByLabel
);

/// <summary>The progress of the review of a window's audit sample.</summary>
/// <param name="Members">Captured predictions in the sample.</param>
/// <param name="Reviewed">Members with an answer that counts: one from a list, not one that a person picked.</param>
public sealed record AuditProgress(long Members, long Reviewed);

/// <summary>Counts predictions in an index.</summary>
public sealed class CaptureStatistics
{
    private readonly CaptureIndex index;

    internal CaptureStatistics(CaptureIndex index) => this.index = index;

    /// <summary>The progress of the audit sample between two inference times.</summary>
    public Task<AuditProgress> AuditAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken = default
    ) =>
        index.ReadAsync(
            connection =>
            {
                var (members, reviewed) = connection.QuerySingle<(long, long)>(
                    """
                    SELECT
                        (SELECT count(*) FROM captures WHERE audit = 1 AND id >= @first AND id < @end),
                        (SELECT count(DISTINCT capture) FROM corrections
                         WHERE audit = 1 AND list <> @volunteered AND capture >= @first AND capture < @end)
                    """,
                    new
                    {
                        first = CaptureId.First(from),
                        end = CaptureId.First(to),
                        volunteered = (int)ReviewList.Volunteered,
                    }
                );
                return new AuditProgress(members, reviewed);
            },
            cancellationToken
        );

    /// <summary>The counts of each span between two times, oldest first, without empty spans.</summary>
    /// <param name="from">The begin of the first hour.</param>
    /// <param name="to">The end of the last hour.</param>
    /// <param name="span">Whole hours; 24 hours are a day in UTC.</param>
    public Task<IReadOnlyList<CaptureCounts>> CountAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan span,
        CancellationToken cancellationToken = default
    ) =>
        index.ReadAsync<IReadOnlyList<CaptureCounts>>(
            connection =>
            {
                var rows = connection.Query<(long Span, long Label, long Rows, long Scored, double Score)>(
                    """
                    SELECT hour / @hours, label, sum(rows), sum(scored), total(score) FROM hours
                    WHERE hour >= @first AND hour < @end GROUP BY 1, 2
                    """,
                    new
                    {
                        hours = (long)span.TotalHours,
                        first = from.ToUnixTimeSeconds() / 3600,
                        end = (to.ToUnixTimeSeconds() + 3599) / 3600,
                    }
                );
                return
                [
                    .. rows.GroupBy(row => row.Span)
                        .OrderBy(one => one.Key)
                        .Select(one => Counts(one.Key * span, [.. one])),
                ];
            },
            cancellationToken
        );

    private CaptureCounts Counts(
        TimeSpan sinceEpoch,
        IReadOnlyList<(long Span, long Label, long Rows, long Scored, double Score)> rows
    )
    {
        var scored = rows.Sum(row => row.Scored);
        return new CaptureCounts(
            DateTimeOffset.UnixEpoch + sinceEpoch,
            rows.Sum(row => row.Rows),
            scored == 0 ? null : rows.Sum(row => row.Score) / scored,
            rows.Where(row => row.Label >= 0)
                .ToDictionary(row => index.Loop.Project.Labels[(int)row.Label], row => row.Rows)
        );
    }
}
