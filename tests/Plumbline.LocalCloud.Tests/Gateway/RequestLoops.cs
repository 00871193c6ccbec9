using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>
/// Clients in loops, each on its own connection: a request, its answer, the next request. A loop ends when the server
/// closes the connection and refuses another one.
/// </summary>
/// <param name="write">Writes a request with this id, in its form on the wire.</param>
internal sealed class RequestLoops(Uri endpoint, Func<string, string> write)
{
    private const int Clients = 32;
    private const int Many = 10 * Clients;

    private readonly ConcurrentBag<string> acknowledged = [];
    private readonly ConcurrentBag<string> unanswered = [];
    private volatile bool sawEnd;

    public IReadOnlyCollection<string> Acknowledged => acknowledged;

    /// <summary>
    /// The ids of requests that were sent completely on a connection that had answered before, but got no answer.
    /// </summary>
    public IReadOnlyCollection<string> Unanswered => unanswered;

    /// <summary>True after enough answers.</summary>
    public bool IsUnderLoad => acknowledged.Count > Many;

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
                return; // refused: the server does not listen any more
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
                // The first request on a connection counts as refused.
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
