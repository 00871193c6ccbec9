using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// The one database. All writes go through one connection on one thread, which commits whatever has
/// gathered in one transaction (group commit): four writing connections were seen to wait for seconds where one
/// takes milliseconds. A write is on disk when its task completes. Readers have connections of their own.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int LargestGroup = 256;

    private readonly string connectionString;
    private readonly Channel<IWrite> queue = Channel.CreateUnbounded<IWrite>(new() { SingleReader = true });
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private readonly Thread writer;
    private readonly SqliteConnection writing;

    private Database(string connectionString, SqliteConnection writing)
    {
        this.connectionString = connectionString;
        this.writing = writing;
        writer = new Thread(WriteUntilClosed) { Name = "database writer", IsBackground = true };
        writer.Start();
    }

    /// <summary>Raised on the writer's thread after each commit: be quick.</summary>
    public event Action? Committed;

    /// <summary>Opens the file, or makes it, and brings its schema up to date.</summary>
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
    /// <remarks>An exception undoes this piece of work alone and is thrown to its caller.</remarks>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work)
    {
        var write = new Write<T>(work);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(write), this);
        return write.Task;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteConnection> work) =>
        WriteAsync(connection =>
        {
            work(connection);
            return true;
        });

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

    /// <summary>Writes what is queued, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await Task.Run(writer.Join);
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
        var group = new List<IWrite>();
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            group.Clear();
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            CommitGroup(group);
        }
    }

    private void CommitGroup(List<IWrite> group)
    {
        try
        {
            writing.Run("BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                writing.Run("SAVEPOINT piece");
                writing.Run(write.TryRun(writing) ? "RELEASE piece" : "ROLLBACK TO piece; RELEASE piece");
            }

            writing.Run("COMMIT");
        }
        catch (SqliteException exception)
        {
            // A full disk ends up here: nothing of the group was kept, and every caller is told.
            RollBack();
            group.ForEach(write => write.Fail(exception));
        }

        group.ForEach(write => write.Complete());
        Committed?.Invoke();
    }

    private void RollBack()
    {
        try
        {
            writing.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite had already rolled back by itself, as it does on some errors.
        }
    }

    private interface IWrite
    {
        bool TryRun(SqliteConnection connection);

        void Fail(Exception reason);

        void Complete();
    }

    private sealed class Write<T>(Func<SqliteConnection, T> work) : IWrite
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? failure;
        private T result = default!;

        public Task<T> Task => done.Task;

        public bool TryRun(SqliteConnection connection)
        {
            try
            {
                result = work(connection);
                return true;
            }
            catch (Exception exception)
            {
                failure = exception;
                return false;
            }
        }

        public void Fail(Exception reason) => failure ??= reason;

        public void Complete()
        {
            if (failure is null)
            {
                done.SetResult(result);
            }
            else
            {
                done.SetException(failure);
            }
        }
    }
}
