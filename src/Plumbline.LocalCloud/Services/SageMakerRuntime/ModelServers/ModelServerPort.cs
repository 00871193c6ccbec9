using System.Net;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.ModelServers;

/// <summary>
/// The way to one model server: its pooled connections, and who is on them, so that a server is stopped only when the
/// last answer is out.
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

    /// <summary>From now on the server is reached like this; earlier connections are dropped.</summary>
    public void Open(Func<CancellationToken, ValueTask<Socket>> how)
    {
        lock (gate)
        {
            connect = how;
            DropIdle();
        }
    }

    /// <summary>From now on the server is reached at a port of loopback.</summary>
    public void Open(int port) => Open(token => ConnectAsync(port, token));

    /// <summary>Takes part in the server's use; false once it is being given up, and then another must be found.</summary>
    public bool TryEnter()
    {
        lock (gate)
        {
            users += closing ? 0 : 1;
            return !closing;
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> began.</summary>
    public void Leave()
    {
        lock (gate)
        {
            users--;
            FinishIfDrained();
        }
    }

    /// <summary>Lets nobody in any more, and waits until the last has left.</summary>
    public Task DrainAsync()
    {
        lock (gate)
        {
            closing = true;
            FinishIfDrained();
        }

        return drained.Task;
    }

    /// <summary>Sends a request. A kept connection that turns out closed before anything came back is replaced by a fresh one.</summary>
    /// <exception cref="SocketException">The server is not there.</exception>
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
                // The server closed it just as the request went out, or is gone, which a fresh one will tell.
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
