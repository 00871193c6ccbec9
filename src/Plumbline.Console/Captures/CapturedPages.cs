using Dapper;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.WebConsole.Captures;

/// <summary>Finds predictions in an index, and reads them in S3.</summary>
public sealed class CapturedPages
{
    private const string Columns = """
        SELECT c.id, c.key, c.label, c.score, c.audit, o.variant, o.key AS object, c.offset, c.length, c.row
        FROM captures c JOIN objects o ON o.id = c.object
        """;

    private readonly CaptureIndex index;

    internal CapturedPages(CaptureIndex index) => this.index = index;

    /// <summary>A prediction by its join key, the newest if several have it; null if none has.</summary>
    public async Task<IndexedCapture?> FindAsync(string joinKey, CancellationToken cancellationToken = default)
    {
        var found = await QueryAsync(
            $"{Columns} WHERE c.key = @joinKey ORDER BY c.id DESC LIMIT 1",
            new { joinKey },
            cancellationToken
        );
        return found is [var newest, ..] ? newest : null;
    }

    /// <summary>Predictions whose join keys begin with a prefix, in the order of their keys.</summary>
    public Task<IReadOnlyList<IndexedCapture>> SearchAsync(
        string prefix,
        int most,
        CancellationToken cancellationToken = default
    ) =>
        QueryAsync(
            $"{Columns} WHERE c.key >= @prefix AND c.key < @end ORDER BY c.key, c.id DESC LIMIT @most",
            new
            {
                prefix,
                end = prefix + Prefixes.End,
                most,
            },
            cancellationToken
        );

    /// <summary>A page of predictions, newest first.</summary>
    /// <param name="filter">The conditions that the predictions meet.</param>
    /// <param name="size">The most predictions of the page.</param>
    /// <param name="olderThan">The end of the page before: its <see cref="CapturePage.Older"/>.</param>
    public async Task<CapturePage> PageAsync(
        CaptureFilter filter,
        int size,
        long? olderThan = null,
        CancellationToken cancellationToken = default
    )
    {
        var conditions = Conditions(filter);
        if (index.Loop.Project.Review.Blind && (filter.Label ?? (object?)filter.ScoreBelow) is not null)
        {
            // A filter by the model's answer reveals that answer, so blind items are left out.
            conditions.Add("(c.audit = 0 OR EXISTS (SELECT 1 FROM corrections k WHERE k.key = c.key))");
        }

        var found = await QueryAsync(
            $"{Columns} WHERE {string.Join(" AND ", conditions)} ORDER BY c.id DESC LIMIT @take",
            new
            {
                end = olderThan ?? long.MaxValue,
                label = filter.Label is { } label ? index.Loop.Project.IndexOf(label) : 0,
                score = filter.ScoreBelow,
                take = size + 1,
            },
            cancellationToken
        );
        return found.Count > size
            ? new CapturePage([.. found.Take(size)], found[size - 1].Id)
            : new CapturePage(found, null);
    }

    /// <summary>A whole prediction from S3, the newest with this key; null if S3 has none.</summary>
    public async Task<CapturedPrediction?> GetAsync(string joinKey, CancellationToken cancellationToken = default) =>
        await FindAsync(joinKey, cancellationToken) is { } found ? await ReadAsync(found, cancellationToken) : null;

    /// <summary>The whole prediction of an indexed one, from S3; null if S3 no longer has it.</summary>
    public async Task<CapturedPrediction?> ReadAsync(
        IndexedCapture capture,
        CancellationToken cancellationToken = default
    )
    {
        var line = await index.Loop.Bucket.FindRangeAsync(
            capture.ObjectKey,
            capture.Offset,
            capture.Length,
            cancellationToken
        );
        // The object may have been replaced, and then has other bytes there; the next full listing notices that.
        return line is null
            ? null
            : CapturedPrediction
                .OfLine(line, new LabelNames(index.Loop.Project))
                .FirstOrDefault(row => row.JoinKey == capture.JoinKey);
    }

    private static List<string> Conditions(CaptureFilter filter)
    {
        var conditions = new List<string> { "c.id < @end" };
        if (filter.Label is not null)
        {
            conditions.Add("c.label = @label");
        }

        if (filter.ScoreBelow is not null)
        {
            conditions.Add("c.score < @score");
        }

        if (filter.Reviewed is { } reviewed)
        {
            conditions.Add(
                reviewed
                    ? "c.id IN (SELECT capture FROM corrections WHERE capture < @end)"
                    : "NOT EXISTS (SELECT 1 FROM corrections k WHERE k.key = c.key)"
            );
        }

        return conditions;
    }

    private async Task<IReadOnlyList<IndexedCapture>> QueryAsync(
        string sql,
        object parameters,
        CancellationToken cancellationToken
    )
    {
        var found = await index.ReadAsync(
            connection =>
            {
                var rows = connection.Query<CaptureRow>(sql, parameters).AsList();
                var verdicts = Verdicts.Of(connection, rows.Select(row => row.Key));
                return rows.ConvertAll(row =>
                    row.ToCapture(index.Loop.Project) with
                    {
                        Verdict = verdicts.GetValueOrDefault(row.Key),
                    }
                );
            },
            cancellationToken
        );
        for (var place = 0; place < found.Count; place++)
        {
            if (found[place].Predicted is null)
            {
                // The index has only the project's current labels; an earlier model may have others.
                var whole = await ReadAsync(found[place], cancellationToken);
                found[place] = found[place] with { Predicted = whole?.Predicted };
            }
        }

        return found;
    }

    private sealed record CaptureRow(
        long Id,
        string Key,
        long Label,
        double? Score,
        long Audit,
        string Variant,
        string Object,
        long Offset,
        long Length,
        long Row
    )
    {
        public IndexedCapture ToCapture(ProjectDescription project) =>
            new()
            {
                Id = Id,
                JoinKey = Key,
                Time = CaptureId.TimeOf(Id),
                Predicted =
                    project.Task == TaskKind.Regression
                        ? Score is { } number
                            ? TruthNumber.Text(number)
                            : null
                        : Label < 0 || project.Task.IsJson()
                            ? null
                            : project.Labels[(int)Label],
                Score = project.Task == TaskKind.Classification ? Score : null,
                Audit = Audit != 0,
                Variant = Variant,
                ObjectKey = Object,
                Offset = Offset,
                Length = (int)Length,
                Row = (int)Row,
            };
    }
}
