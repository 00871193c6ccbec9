using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// At start, moves the files that no row names to the trash: an earlier process died before it wrote the row, or after
/// it removed the row. They are not deleted at once, because the database may be an older one than the files.
/// </summary>
internal sealed class ObjectSweep(Database database, ObjectFiles files, ObjectTrash trash, ILogger<ObjectSweep> log)
    : BackgroundService
{
    private const int Batch = 500;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => Sweep(stoppingToken), CancellationToken.None);

    private void Sweep(CancellationToken stoppingToken)
    {
        trash.Empty();
        var taken = 0;
        foreach (var batch in files.OfEarlierSessions().Chunk(Batch))
        {
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            Rounds.Each(
                log,
                batch.Except(Named(batch)),
                file =>
                {
                    trash.Take(files.PathOf(file));
                    taken++;
                }
            );
        }

        if (taken > 0)
        {
            Log.Swept(log, taken, trash.Folder, ObjectTrash.Days);
        }
    }

    private IEnumerable<string> Named(string[] candidates) =>
        database.Read(connection =>
            connection.Query<string>(
                """
                SELECT file FROM objects WHERE file IN @candidates
                UNION ALL SELECT file FROM object_versions WHERE file IN @candidates
                UNION ALL SELECT file FROM multipart_parts WHERE file IN @candidates
                """,
                new { candidates }
            )
        );
}
