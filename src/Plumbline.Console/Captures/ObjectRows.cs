using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using SQLitePCL;

namespace Plumbline.WebConsole.Captures;

/// <summary>
/// Inserts the rows of one object: all of them, or none if the object is not completed. It uses SQLite's own calls,
/// since commands and their parameters took three CPU seconds more for a million rows.
/// </summary>
internal sealed class ObjectRows : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly double auditShare;
    private readonly SqliteTransaction transaction;
    private readonly sqlite3_stmt insert;
    private readonly Dictionary<(long Hour, int Label), (long Rows, long Scored, double Score)> hours = [];
    private readonly long number;
    private readonly long first;
    private long next;

    public ObjectRows(SqliteConnection connection, double auditShare)
    {
        (this.connection, this.auditShare) = (connection, auditShare);
        transaction = connection.BeginTransaction();
        first = next = connection.ExecuteScalar<long>("SELECT next_row FROM about", transaction: transaction);
        number = connection.ExecuteScalar<long>(
            "SELECT coalesce(max(id), 0) + 1 FROM objects",
            transaction: transaction
        );
        Check(
            raw.sqlite3_prepare_v2(
                connection.Handle,
                "INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                out insert
            )
        );
    }

    public long Unreadable { get; set; }

    /// <summary>The number of rows so far.</summary>
    public long Count => next - first;

    /// <param name="line">The place of its line in the object, in bytes.</param>
    /// <param name="joinKey">UTF-8.</param>
    /// <param name="time">When the model answered.</param>
    /// <param name="row">The number of the row in the line.</param>
    /// <param name="answer">The model's answer.</param>
    public void Add(
        (long Offset, int Length) line,
        ReadOnlySpan<byte> joinKey,
        DateTimeOffset time,
        int row,
        in Answer answer
    )
    {
        var audit = AuditSample.Position(AuditSample.Hash(joinKey)) < auditShare;
        var figure = double.IsNaN(answer.Number) ? answer.Score : answer.Number;
        var scored = !double.IsNaN(figure);
        raw.sqlite3_bind_int64(insert, 1, CaptureId.Of(time, next++));
        raw.sqlite3_bind_text(insert, 2, joinKey);
        raw.sqlite3_bind_int64(insert, 3, number);
        raw.sqlite3_bind_int64(insert, 4, line.Offset);
        raw.sqlite3_bind_int(insert, 5, line.Length);
        raw.sqlite3_bind_int(insert, 6, row);
        raw.sqlite3_bind_int(insert, 7, answer.Class);
        // Rounded as in review items, so that a filter compares the same figure that is shown.
        var score = scored
            ? double.IsNaN(answer.Number)
                ? Math.Round(answer.Score, 6)
                : answer.Number
            : 0;
        _ = scored ? raw.sqlite3_bind_double(insert, 8, score) : raw.sqlite3_bind_null(insert, 8);
        raw.sqlite3_bind_int(insert, 9, audit ? 1 : 0);
        var rc = raw.sqlite3_step(insert);
        raw.sqlite3_reset(insert);
        Check(rc == raw.SQLITE_DONE ? raw.SQLITE_OK : rc);
        ref var hour = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            hours,
            (time.ToUnixTimeSeconds() / 3600, answer.Class),
            out _
        );
        hour = (hour.Rows + 1, hour.Scored + (scored ? 1 : 0), hour.Score + score);
    }

    /// <summary>Commits the rows of the object. False if another process was faster: then nothing is added.</summary>
    public bool Complete(string key, string variant, string etag)
    {
        var added = connection.Execute(
            "INSERT INTO objects VALUES (@number, @key, @variant, @etag, @Count, @Unreadable) ON CONFLICT DO NOTHING",
            new
            {
                number,
                key,
                variant,
                etag,
                Count,
                Unreadable,
            },
            transaction
        );
        if (added == 0)
        {
            return false;
        }

        foreach (var ((hour, label), (rows, scored, score)) in hours)
        {
            connection.Execute(
                """
                INSERT INTO hours VALUES (@hour, @label, @rows, @scored, @score) ON CONFLICT DO UPDATE
                SET rows = rows + excluded.rows, scored = scored + excluded.scored, score = score + excluded.score
                """,
                new
                {
                    hour,
                    label,
                    rows,
                    scored,
                    score,
                },
                transaction
            );
        }

        connection.Execute("UPDATE about SET next_row = @next", new { next }, transaction);
        transaction.Commit();
        return true;
    }

    /// <summary>Rolls back the rows of an object that was not completed.</summary>
    public void Dispose()
    {
        insert.Dispose();
        transaction.Dispose();
    }

    private void Check(int rc) => SqliteException.ThrowExceptionForRC(rc, connection.Handle);
}
