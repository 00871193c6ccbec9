using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Quality;

namespace Plumbline.WebConsole.Captures;

/// <summary>
/// An index of an endpoint's captured predictions and of people's answers about them, in one file. All of its data is
/// from S3: the file may be removed at any time and is filled again in the background.
/// </summary>
public sealed class CaptureIndex : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly string settings;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Lock opening = new();
    private readonly SemaphoreSlim passing = new(1);
    private readonly CancellationTokenSource stop = new();
    private volatile IndexProgress progress;
    private IndexFile file;
    private CaptureIndexer indexer;
    private Task running = Task.CompletedTask;

    /// <summary>Opens the index of a loop's endpoint; nothing is read from S3 yet.</summary>
    /// <param name="loop">The project in its cloud.</param>
    /// <param name="cacheFolder">The folder of the file; each cloud needs its own.</param>
    /// <param name="time">The clock of the pauses between passes.</param>
    /// <param name="log">Gets a warning for everything that cannot be read.</param>
    public CaptureIndex(LoopContext loop, DirectoryInfo cacheFolder, TimeProvider time, ILogger log)
    {
        (Loop, this.time, this.log) = (loop, time, log);
        path = Path.Combine(cacheFolder.FullName, $"captures-{loop.Names.Project}-{loop.Names.Endpoint}.db");
        settings = SettingsOf(loop);
        Open();
        Predictions = new CapturedPages(this);
        Statistics = new CaptureStatistics(this);
        Verdicts = new Verdicts(this);
    }

    public CapturedPages Predictions { get; }

    public CaptureStatistics Statistics { get; }

    public Verdicts Verdicts { get; }

    /// <summary>The progress of the index. Rows and unreadable lines are those of the last pass.</summary>
    public IndexProgress Progress => progress;

    internal LoopContext Loop { get; }

    /// <summary>The settings that the rows of an index depend on; other settings need a new index.</summary>
    internal static string SettingsOf(LoopContext loop) =>
        RecordJson.Write(
            new
            {
                loop.Names.Bucket,
                loop.Names.Region,
                loop.Names.Endpoint,
                loop.Project.Labels,
                loop.Project.FormerLabels,
                loop.Project.Monitor.AuditShare,
                Task = loop.Project.Task == TaskKind.Classification ? null : loop.Project.Task.Word(),
            }
        );

    /// <summary>Keeps the index up to date until it is disposed.</summary>
    public void Start() => running = RunAsync(stop.Token);

    /// <summary>Brings the index up to date with S3.</summary>
    public async Task UpdateAsync(CancellationToken cancellationToken = default)
    {
        while (!await PassAsync(cancellationToken)) { }
    }

    /// <summary>Adds answers that are in S3 already, so that the next page shows them at once.</summary>
    public Task AddAsync(IReadOnlyList<Correction> corrections, CancellationToken cancellationToken = default) =>
        Current().Indexer.AddAsync(corrections, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        indexer.Dispose();
        file.Dispose();
        passing.Dispose();
        stop.Dispose();
    }

    internal Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        Current().File.ReadAsync(query, cancellationToken);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await UpdateAsync(cancellationToken);
            }
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
            {
                Log.PassFailed(log, Loop.Names.Endpoint, problem.Message);
                progress = progress with { Problem = problem.Message };
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        await passing.WaitAsync(cancellationToken);
        try
        {
            var current = Current();
            var complete = await current.Indexer.PassAsync(
                (objects, bytes) => progress = progress with { ObjectsBehind = objects, BytesBehind = bytes },
                cancellationToken
            );
            var (rows, unreadable) = await current.File.ReadAsync(Totals, cancellationToken);
            progress = progress with
            {
                Rows = rows,
                Unreadable = unreadable,
                LastPass = complete ? time.GetUtcNow() : progress.LastPass,
                Problem = null,
            };
            return complete;
        }
        catch (SqliteException damage)
        {
            file.Note(damage);
            throw;
        }
        finally
        {
            passing.Release();
        }
    }

    /// <summary>The current file; a new one if it was removed or is damaged.</summary>
    private (IndexFile File, CaptureIndexer Indexer) Current()
    {
        lock (opening)
        {
            if (!file.IsUsable)
            {
                Log.MadeAnew(log, Loop.Names.Endpoint, path);
                file.Dispose();
                Open();
            }

            return (file, indexer);
        }
    }

    [MemberNotNull(nameof(file), nameof(indexer), nameof(progress))]
    private void Open()
    {
        file = IndexFile.Open(path, settings);
        indexer = new CaptureIndexer(Loop, file, time, log);
        var (rows, unreadable) = Totals(file.Writer);
        progress = new IndexProgress(rows, unreadable, 0, 0, null, null);
    }

    private static (long Rows, long Unreadable) Totals(SqliteConnection connection) =>
        connection.QuerySingle<(long, long)>(
            "SELECT coalesce(sum(rows), 0), coalesce(sum(unreadable), 0) FROM objects"
        );
}
