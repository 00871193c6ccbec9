using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// At start, removes the files that no row names: left by a process that died between the file and its row, or
/// between a row's end and its file's.
/// </summary>
public sealed class ObjectSweep(Database database, ObjectFiles files, ILogger<ObjectSweep> log) : BackgroundService
{
    private const int Batch = 500;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => Sweep(stoppingToken), CancellationToken.None);

    private void Sweep(CancellationToken stoppingToken)
    {
        foreach (var batch in files.OfEarlierSessions().Chunk(Batch))
        {
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            Rounds.Each(log, batch.Except(Named(batch)), files.Remove);
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
