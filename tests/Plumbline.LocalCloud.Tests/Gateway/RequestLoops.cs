using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>
/// Clients in loops, each on a connection of its own: a request, its answer, the next request, until the server ends the connection with an
/// answer and takes no other.
/// </summary>
/// <param name="endpoint">The server.</param>
/// <param name="write">A request from its id, as it goes over the wire.</param>
internal sealed class RequestLoops(Uri endpoint, Func<string, string> write)
{
    private const int Clients = 32;
    private const int Many = 10 * Clients;

    private readonly ConcurrentBag<string> acknowledged = [];
    private readonly ConcurrentBag<string> unanswered = [];
    private volatile bool sawEnd;

    /// <summary>The ids of the requests that were answered.</summary>
    public IReadOnlyCollection<string> Acknowledged => acknowledged;

    /// <summary>The ids of those that were sent whole on a connection that had answered before, and were not.</summary>
    public IReadOnlyCollection<string> Unanswered => unanswered;

    /// <summary>True when they are well under way.</summary>
    public bool IsUnderLoad => acknowledged.Count > Many;

    /// <summary>Runs until the server has stopped.</summary>
    public Task RunAsync() =>
        Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => LoopAsync(client))));

    private async Task LoopAsync(int client)
    {
        for (var round = 0; !sawEnd; round++)
        {
            try
            {
                using var connection = await RawConnection.OpenAsync(endpoint);
                await ConnectionAsync(connection, $"{client}-{round}");
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException)
            {
                return; // refused: it listens no more
            }
        }
    }

    private async Task ConnectionAsync(RawConnection connection, string name)
    {
        for (var i = 0; ; i++)
        {
            var id = $"{name}-{i}";
            try
            {
                await connection.SendAsync(write(id));
            }
            catch (IOException)
            {
                return;
            }

            if (await connection.ReadAnswerAsync() is not { } head)
            {
                // The first one on a connection may be as good as refused.
                if (i > 0)
                {
                    unanswered.Add(id);
                }

                return;
            }

            head.ShouldStartWith("HTTP/1.1 200");
            acknowledged.Add(id);
            if (head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase))
            {
                sawEnd = true;
                return;
            }
        }
    }
}
