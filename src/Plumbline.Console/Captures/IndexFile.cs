using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Plumbline.WebConsole.Captures;

/// <summary>
/// The SQLite file of an index: one connection that writes, others that read the last commit. A commit need not be on
/// disk (WAL, synchronous NORMAL): after a power loss the last rows are read from S3 again.
/// </summary>
internal sealed class IndexFile : IDisposable
{
    private readonly string path;
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private volatile bool closed;
    private volatile bool damaged;

    private IndexFile(string path, SqliteConnection writer) => (this.path, Writer) = (path, writer);

    /// <summary>The connection that writes; for one caller at a time.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>False once the file was removed, or SQLite found it damaged: then a new one is needed.</summary>
    public bool IsUsable => !damaged && File.Exists(path);

    /// <summary>Opens the file; replaces one that is damaged, or from another version or other settings.</summary>
    public static IndexFile Open(string path, string settings)
    {
        // Join keys are from callers and may be private.
        Directory.CreateDirectory(
            Path.GetDirectoryName(path)!,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        return TryOpen(path, settings) ?? Create(path, settings);
    }

    /// <summary>Runs a query; <paramref name="cancellationToken"/> interrupts it.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        Task.Run(() => Read(query, cancellationToken), cancellationToken);

    /// <summary>Marks the file as damaged if the exception says so.</summary>
    public void Note(SqliteException exception) =>
        damaged |= exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN;

    /// <inheritdoc/>
    public void Dispose()
    {
        closed = true;
        // The writer last: only the writer can put the log's pages into the file.
        CloseReaders();
        Writer.Dispose();
    }

    private T Read<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken)
    {
        if (!readers.TryTake(out var connection))
        {
            connection = Connect(path, SqliteOpenMode.ReadOnly);
            // Some queries scan the file: mapped memory saves a copy of every page.
            connection.Execute("PRAGMA mmap_size = 1073741824");
        }

        try
        {
            using (cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle)))
            {
                return query(connection);
            }
        }
        catch (SqliteException exception)
        {
            Note(exception);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            readers.Add(connection);
            if (closed)
            {
                CloseReaders();
            }
        }
    }

    private void CloseReaders()
    {
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private static IndexFile? TryOpen(string path, string settings)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        SqliteConnection? writer = null;
        try
        {
            writer = OpenWriter(path);
            if (IndexSchema.Fits(writer, settings))
            {
                return new IndexFile(path, writer);
            }
        }
        catch (SqliteException)
        {
            // The file is not a database, or is damaged.
        }

        writer?.Dispose();
        return null;
    }

    private static IndexFile Create(string path, string settings)
    {
        foreach (var end in new[] { "", "-wal", "-shm", "-journal" })
        {
            File.Delete(path + end);
        }

        // SQLite gives its other files the mode of this one.
        File.Open(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
            .Dispose();
        var writer = OpenWriter(path);
        IndexSchema.Create(writer, settings);
        return new IndexFile(path, writer);
    }

    private static SqliteConnection OpenWriter(string path)
    {
        var writer = Connect(path, SqliteOpenMode.ReadWrite);
        writer.Execute("PRAGMA journal_mode = WAL");
        writer.Execute("PRAGMA synchronous = NORMAL");
        writer.Execute("PRAGMA journal_size_limit = 16777216");
        // Keys come in random order: with the default of 2 MB each row would read and write its own pages.
        writer.Execute("PRAGMA cache_size = -65536");
        return writer;
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        connection.Open();
        return connection;
    }
}
