using System.Net;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

/// <summary>
/// The access to one model server: its pooled connections, and the number of its users, so that the server is stopped
/// only after its last answer.
/// </summary>
internal sealed class ModelServerPort : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Stack<ModelConnection> idle = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<CancellationToken, ValueTask<Socket>>? connect;
    private int users;
    private bool closing;

    /// <summary>Sets how the server is reached from now on; idle connections are closed.</summary>
    public void Open(Func<CancellationToken, ValueTask<Socket>> how)
    {
        lock (gate)
        {
            connect = how;
            DropIdle();
        }
    }

    /// <summary>Makes the server reachable at a loopback port.</summary>
    public void Open(int port) => Open(token => ConnectAsync(port, token));

    /// <summary>
    /// Counts a user of the server. Returns false if the server is being closed; the caller must then use another
    /// server.
    /// </summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            users += closing ? 0 : 1;
            return !closing;
        }
    }

    /// <summary>Must follow every successful <see cref="TryEnter"/>.</summary>
    public void Leave()
    {
        lock (gate)
        {
            users--;
            FinishIfDrained();
        }
    }

    /// <summary>Refuses new users, and waits until the last user has left.</summary>
    public Task DrainAsync()
    {
        lock (gate)
        {
            closing = true;
            FinishIfDrained();
        }

        return drained.Task;
    }

    /// <summary>
    /// Sends a request. If a kept connection turns out to be closed before the answer has begun, another connection is
    /// used.
    /// </summary>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
    public async ValueTask<ModelAnswer> SendAsync(ModelRequest request, TimeSpan patience)
    {
        while (TakeIdle() is { } kept)
        {
            try
            {
                return await SendAsync(kept, request, patience);
            }
            catch (SocketException) when (!kept.HasHeard)
            {
                // The server closed the idle connection while the request was sent, or has ended; a new connection will
                // tell.
            }
        }

        using var connecting = new CancellationTokenSource(ConnectPatience);
        var how = connect ?? throw new SocketException((int)SocketError.NotConnected);
        return await SendAsync(new ModelConnection(await how(connecting.Token)), request, patience);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            DropIdle();
        }
    }

    private static async ValueTask<Socket> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<ModelAnswer> SendAsync(ModelConnection connection, ModelRequest request, TimeSpan patience)
    {
        try
        {
            return await connection.SendAsync(request, patience);
        }
        finally
        {
            if (connection.CanBeKept)
            {
                lock (gate)
                {
                    idle.Push(connection);
                }
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private ModelConnection? TakeIdle()
    {
        while (true)
        {
            ModelConnection? connection;
            lock (gate)
            {
                if (!idle.TryPop(out connection))
                {
                    return null;
                }
            }

            if (!connection.IsStale)
            {
                return connection;
            }

            connection.Dispose();
        }
    }

    private void FinishIfDrained()
    {
        if (closing && users == 0)
        {
            drained.TrySetResult();
        }
    }

    private void DropIdle()
    {
        while (idle.TryPop(out var connection))
        {
            connection.Dispose();
        }
    }
}
