using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway.Connections;

/// <summary>
/// The open connections. There are as many as the process may have files open for, and some left for the files themselves: where one more
/// comes, the one that has asked nothing for the longest gives way, so that idle connections keep nobody out and no write from its file.
/// </summary>
/// <param name="most">Connections at once.</param>
internal sealed class ConnectionTable(int most)
{
    private readonly ConcurrentDictionary<TrackedConnection, bool> open = new();
    private int count;
    private volatile bool isClosing;

    /// <summary>True once the server stops: each connection ends with its next answer, and no other begins.</summary>
    public bool IsClosing => isClosing;

    /// <summary>Takes no further connection, and ends each with its next answer.</summary>
    public void Close() => isClosing = true;

    /// <summary>True where each connection has asked nothing for a time.</summary>
    public bool AreAllIdle(TimeSpan time) => open.Keys.All(connection => connection.IdleFor >= time);

    /// <summary>Kestrel's middleware: a connection from its first byte to its last.</summary>
    public ConnectionDelegate Track(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var isOneTooMany = Interlocked.Increment(ref count) > most;
        if (isClosing || (isOneTooMany && !TryEndIdle()))
        {
            Interlocked.Decrement(ref count);
            connection.Abort();
            return;
        }

        var tracked = new TrackedConnection(this, connection);
        connection.Features.Set(tracked);
        open[tracked] = true;
        try
        {
            await next(connection);
        }
        finally
        {
            open.TryRemove(tracked, out _);
            Interlocked.Decrement(ref count);
        }
    }

    /// <summary>Ends the one that is idle for the longest; where another thread was quicker with that one, the next.</summary>
    private bool TryEndIdle() =>
        open
            .Keys.Where(connection => !connection.IsEnded)
            .OrderByDescending(connection => connection.IdleFor)
            .Any(connection => connection.TryEnd());
}

/// <summary>A connection, and whether a request of it is being answered.</summary>
internal sealed class TrackedConnection(ConnectionTable table, ConnectionContext connection)
{
    private const long Busy = long.MaxValue;

    private long idleSince = ProcessTime.Clock.GetTimestamp();
    private int ended;

    /// <summary>True once it was made to end.</summary>
    public bool IsEnded => Volatile.Read(ref ended) == 1;

    /// <summary>How long it has asked nothing; nothing at all while a request is being answered.</summary>
    public TimeSpan IdleFor =>
        Interlocked.Read(ref idleSince) is not Busy and var since
            ? ProcessTime.Clock.GetElapsedTime(since)
            : TimeSpan.Zero;

    /// <summary>A request begins. True where its answer is to end the connection.</summary>
    public bool Begin()
    {
        Interlocked.Exchange(ref idleSince, Busy);
        return table.IsClosing;
    }

    /// <summary>The request has been answered.</summary>
    public void End() => Interlocked.Exchange(ref idleSince, ProcessTime.Clock.GetTimestamp());

    /// <summary>Ends the connection unless a request of it is being answered, or it was ended before.</summary>
    public bool TryEnd()
    {
        if (Interlocked.Read(ref idleSince) == Busy || Interlocked.Exchange(ref ended, 1) == 1)
        {
            return false;
        }

        connection.Abort(new ConnectionAbortedException("It was idle, and others came."));
        return true;
    }
}
