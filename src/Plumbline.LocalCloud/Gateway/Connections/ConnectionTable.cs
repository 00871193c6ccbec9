using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway.Connections;

/// <summary>
/// The open connections. Their number is limited so that descriptors are left for files. One connection too many closes
/// the one that is idle for the longest: idle connections must not keep new ones out.
/// </summary>
/// <param name="most">The maximum number of open connections.</param>
internal sealed class ConnectionTable(int most)
{
    private readonly ConcurrentDictionary<TrackedConnection, bool> open = new();
    private int count;
    private volatile bool isClosing;

    /// <summary>
    /// True once the server stops: each connection closes after its next answer, and new ones are refused.
    /// </summary>
    public bool IsClosing => isClosing;

    /// <summary>Refuses new connections, and closes each open one after its next answer.</summary>
    public void Close() => isClosing = true;

    /// <summary>True if all connections have been idle for this time.</summary>
    public bool AreAllIdle(TimeSpan time) => open.Keys.All(connection => connection.IdleFor >= time);

    /// <summary>Kestrel middleware that tracks a connection from its first byte to its last.</summary>
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

    /// <summary>Closes the connection that is idle for the longest, or the next if another thread was faster.</summary>
    private bool TryEndIdle() =>
        open
            .Keys.Where(connection => !connection.IsEnded)
            .OrderByDescending(connection => connection.IdleFor)
            .Any(connection => connection.TryEnd());
}

/// <summary>A connection, and whether one of its requests is in progress.</summary>
internal sealed class TrackedConnection(ConnectionTable table, ConnectionContext connection)
{
    private const long Busy = long.MaxValue;

    private long idleSince = ProcessTime.Clock.GetTimestamp();
    private int ended;

    /// <summary>True once <see cref="TryEnd"/> closed it.</summary>
    public bool IsEnded => Volatile.Read(ref ended) == 1;

    /// <summary>Time since its last answer; zero while a request is in progress.</summary>
    public TimeSpan IdleFor =>
        Interlocked.Read(ref idleSince) is not Busy and var since
            ? ProcessTime.Clock.GetElapsedTime(since)
            : TimeSpan.Zero;

    /// <summary>Marks a request as begun; true if its answer must close the connection.</summary>
    public bool Begin()
    {
        Interlocked.Exchange(ref idleSince, Busy);
        return table.IsClosing;
    }

    /// <summary>Marks the request as answered.</summary>
    public void End() => Interlocked.Exchange(ref idleSince, ProcessTime.Clock.GetTimestamp());

    /// <summary>Closes the connection; false if a request is in progress, or if it was closed before.</summary>
    public bool TryEnd()
    {
        if (Interlocked.Read(ref idleSince) == Busy || Interlocked.Exchange(ref ended, 1) == 1)
        {
            return false;
        }

        connection.Abort(new ConnectionAbortedException("The connection was idle, and a new one took its place."));
        return true;
    }
}
