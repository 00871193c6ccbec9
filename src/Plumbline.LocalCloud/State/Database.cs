using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// The one database. All writes go through one connection on one thread, which commits all queued writes in one
/// transaction (group commit): with four writing connections, writes were seen to wait for seconds instead of
/// milliseconds. A write is on disk when its task completes. Readers have their own connections.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int LargestGroup = 256;
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(30);

    private readonly string connectionString;
    private readonly Channel<Write> queue = Channel.CreateUnbounded<Write>();
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly Thread writer;
    private readonly SqliteConnection writing;

    /// <summary>The group of writes in progress; null while the writer is idle.</summary>
    private volatile WriterTurn? turn;

    /// <summary>The change that is stuck, while all others are refused; null as long as the writer works.</summary>
    private volatile string? stuckOn;

    private Database(string connectionString, SqliteConnection writing)
    {
        this.connectionString = connectionString;
        this.writing = writing;
        writer = new Thread(WriteUntilClosed) { Name = "database writer", IsBackground = true };
        writer.Start();
    }

    /// <summary>Raised on the writer's thread after each commit: be quick.</summary>
    public event Action? Committed;

    /// <summary>Opens or creates the file, and upgrades its schema.</summary>
    /// <exception cref="UnusableDataException">The file was written by a newer version, or is not a database.</exception>
    public static Database Open(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 60,
        }.ToString();
        SqliteConnection? writing = null;
        try
        {
            writing = Connect(connectionString);
            writing.Run("PRAGMA journal_mode = WAL");
            writing.Run("PRAGMA synchronous = FULL");
            Schema.Upgrade(writing);
            return new Database(connectionString, writing);
        }
        catch (SqliteException exception)
        {
            writing?.Dispose();
            throw new UnusableDataException(
                $"{path} cannot be opened ({exception.Message}): restore it from a backup, or use another --data folder.",
                exception
            );
        }
        catch
        {
            writing?.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> on the writer's thread, in a transaction; durable when the task completes.</summary>
    /// <remarks>
    /// An exception undoes only this work and is thrown to its caller. All other writes wait for the work, so it must
    /// not read files, start processes or make calls.
    /// </remarks>
    /// <exception cref="DatabaseBusyException">Another change is stuck; nothing of this one is kept.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work) => QueueAsync(new Write<T>(work, work));

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteConnection> work) =>
        QueueAsync(
            new Write<bool>(
                connection =>
                {
                    work(connection);
                    return true;
                },
                work
            )
        );

    private Task<T> QueueAsync<T>(Write<T> write)
    {
        if (stuckOn is { } operation)
        {
            throw new DatabaseBusyException(operation);
        }

        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(write), this);
        return write.Task;
    }

    /// <summary>The group of writes in progress; null while the writer is idle.</summary>
    internal WriterTurn? Turn => turn;

    /// <summary>The change that is stuck, while all others are refused; otherwise null.</summary>
    internal string? StuckOn => stuckOn;

    /// <summary>
    /// Tells all waiting callers that their change was not made. The callers of the stuck transaction are told too if
    /// its commit has not begun; it is then rolled back once its work ends.
    /// </summary>
    /// <returns>The number of callers that were told.</returns>
    internal int Refuse(WriterTurn stuck)
    {
        stuckOn = stuck.Operation;
        var told = 0;
        if (stuck.TryRefuse())
        {
            told += Refuse(stuck.Writes);
        }

        var waiting = new List<Write>();
        while (turn == stuck && queue.Reader.TryRead(out var write))
        {
            waiting.Add(write);
        }

        told += Refuse(waiting);
        if (turn != stuck)
        {
            stuckOn = null;
        }

        return told;

        int Refuse(IReadOnlyList<Write> writes)
        {
            Fail(writes, new DatabaseBusyException(stuck.Operation));
            foreach (var write in writes)
            {
                write.Complete();
            }

            return writes.Count;
        }
    }

    /// <summary>Runs a query on a connection that sees the last commit.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        if (!readers.TryTake(out var connection))
        {
            connection = Connect(connectionString);
        }

        try
        {
            return query(connection);
        }
        finally
        {
            readers.Add(connection);
        }
    }

    /// <summary>Commits the queued writes, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            if (!await Task.Run(() => writer.Join(LongestClose)))
            {
                // A change is stuck: its thread ends with the process, and its transaction was never committed.
                return;
            }

            await writing.DisposeAsync();
            while (readers.TryTake(out var reader))
            {
                await reader.DisposeAsync();
            }
        }
    }

    private static SqliteConnection Connect(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Run("PRAGMA foreign_keys = ON");
        return connection;
    }

    private void WriteUntilClosed()
    {
        var group = new List<Write>();
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            CommitGroup(new WriterTurn([.. group]));
        }
    }

    private void CommitGroup(WriterTurn group)
    {
        turn = group;
        try
        {
            writing.Run("BEGIN IMMEDIATE");
            foreach (var write in group.Writes)
            {
                group.Begin(write);
                writing.Run("SAVEPOINT piece");
                writing.Run(write.TryRun(writing) ? "RELEASE piece" : "ROLLBACK TO piece; RELEASE piece");
            }

            group.Begin(null);
            if (group.TryCommit())
            {
                writing.Run("COMMIT");
            }
            else
            {
                RollBack();
            }
        }
        catch (Exception exception)
        {
            // A full disk ends up here: nothing of the group was kept, and every caller gets the exception.
            RollBack();
            Fail(group.Writes, exception);
        }

        turn = null;
        stuckOn = null;
        foreach (var write in group.Writes)
        {
            write.Complete();
        }

        Committed?.Invoke();
    }

    private static void Fail(IEnumerable<Write> writes, Exception reason)
    {
        foreach (var write in writes)
        {
            write.Fail(reason);
        }
    }

    private void RollBack()
    {
        try
        {
            writing.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has already rolled back, as it does on some errors.
        }
    }
}
