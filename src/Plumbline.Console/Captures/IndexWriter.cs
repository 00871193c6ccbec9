using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.WebConsole.Captures;

/// <summary>Writes to an index; each method has its own transaction. One caller at a time.</summary>
internal sealed class IndexWriter(SqliteConnection connection, ProjectDescription project)
{
    /// <summary>Begins the rows of an object; they are in the index once the object is completed.</summary>
    public ObjectRows Begin() => new(connection, project.Monitor.AuditShare);

    /// <summary>Removes objects and their rows, because S3 lost or replaced the objects.</summary>
    /// <param name="objects">The objects' ids, at most as many as a statement may have parameters.</param>
    public void Forget(IReadOnlyCollection<long> objects)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            $"""
            UPDATE corrections SET capture = NULL
            WHERE capture IN (SELECT id FROM captures WHERE object IN @objects);
            UPDATE hours SET rows = hours.rows - gone.rows, scored = hours.scored - gone.scored, score = hours.score - gone.score
            FROM (
                SELECT {CaptureId.HourOf(
                "id"
            )} AS hour, label, count(*) AS rows, count(score) AS scored, total(score) AS score
                FROM captures WHERE object IN @objects GROUP BY 1, 2
            ) AS gone WHERE gone.hour = hours.hour AND gone.label = hours.label;
            DELETE FROM hours WHERE rows = 0;
            DELETE FROM captures WHERE object IN @objects;
            DELETE FROM objects WHERE id IN @objects;
            """,
            new { objects },
            transaction
        );
        transaction.Commit();
    }

    /// <summary>Adds corrections; known ones change nothing.</summary>
    /// <param name="corrections">People's answers.</param>
    /// <param name="fileKey">The file that they are from; null if their file is not read yet.</param>
    public void Add(IReadOnlyList<Correction> corrections, string? fileKey)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var correction in corrections)
        {
            connection.Execute(
                """
                INSERT INTO corrections VALUES (
                    @Id, @JoinKey, @Label, @Reviewer, @List, @Time, @Reason, @Audit,
                    (SELECT max(id) FROM captures WHERE key = @JoinKey)
                ) ON CONFLICT DO NOTHING
                """,
                new
                {
                    Id = correction.Id.ToString(),
                    correction.JoinKey,
                    Label = project.LabelOf(correction.Label) ?? correction.Label,
                    correction.Reviewer,
                    List = (int)correction.List,
                    Time = correction.Time.ToUnixTimeMilliseconds(),
                    correction.Reason,
                    Audit = AuditSample.Contains(correction.JoinKey, project.Monitor.AuditShare),
                },
                transaction
            );
        }

        if (fileKey is not null)
        {
            connection.Execute(
                "INSERT OR IGNORE INTO correction_files VALUES (@fileKey)",
                new { fileKey },
                transaction
            );
        }

        transaction.Commit();
    }

    /// <summary>Ends a pass: creates the indexes, and links corrections to captures indexed after them.</summary>
    public void EndPass()
    {
        IndexSchema.CreateIndexes(connection);
        connection.Execute(
            """
            UPDATE corrections SET capture = (SELECT max(id) FROM captures WHERE key = corrections.key)
            WHERE capture IS NULL
            """
        );
    }
}
