using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Bench.Load;

/// <summary>
/// Posts the same body over several persistent connections. Each connection sends its next request after the answer to
/// the last one.
/// </summary>
internal sealed class HttpLoad(int connections, string path, IHeaderDictionary headers, byte[] body)
{
    private readonly byte[] request =
    [
        .. Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\n"
                + string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n"))
                + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")
        ),
        .. body,
    ];

    public static HttpLoad Rows(int connections, string body) =>
        new(
            connections,
            "/invocations",
            new HeaderDictionary { ["Host"] = "127.0.0.1", ["Content-Type"] = "text/csv" },
            Encoding.ASCII.GetBytes(body)
        );

    /// <summary>Sends this many requests, or fewer if the time limit comes first.</summary>
    /// <returns>The number of answers with status 200.</returns>
    public async Task<int> RunAsync(int port, int requests, TimeSpan limit, CancellationToken cancel)
    {
        var left = requests;
        var answered = 0;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(limit);
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            using var connection = new Connection(port);
                            while (!time.IsCancellationRequested && Interlocked.Decrement(ref left) >= 0)
                            {
                                await connection.SendAsync(request, cancel);
                                Interlocked.Increment(ref answered);
                            }
                        },
                        cancel
                    )
                )
        );
        return answered;
    }

    private sealed class Connection : IDisposable
    {
        private readonly int port;
        private readonly byte[] buffer = new byte[256 * 1024];
        private Socket? socket;

        public Connection(int port) => this.port = port;

        public async Task SendAsync(byte[] request, CancellationToken cancel)
        {
            if (socket is null)
            {
                socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            }
            await socket.SendAsync(request, cancel);
            if (await ReadAnswerAsync(socket, cancel))
            {
                socket.Dispose();
                socket = null;
            }
        }

        public void Dispose() => socket?.Dispose();

        /// <summary>True if the server closes the connection after this answer.</summary>
        private async Task<bool> ReadAnswerAsync(Socket from, CancellationToken cancel)
        {
            var have = 0;
            var whole = -1;
            var close = false;
            while (whole < 0 || have < whole)
            {
                var read = await from.ReceiveAsync(buffer.AsMemory(have), cancel);
                if (read == 0)
                {
                    throw new InvalidOperationException("a server closed the connection in the middle of an answer");
                }
                have += read;
                if (whole < 0)
                {
                    (whole, close) = Length(buffer.AsSpan(0, have));
                }
            }
            return close;
        }

        private static (int Whole, bool Close) Length(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return (-1, false);
            }
            var head = Encoding.ASCII.GetString(answer[..end]);
            if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"a server answered {head.Split('\r')[0]}");
            }
            const string name = "content-length:";
            var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
            var line = head.IndexOf('\r', at);
            var length = int.Parse(head.AsSpan(at, (line < 0 ? head.Length : line) - at), CultureInfo.InvariantCulture);
            return (end + 4 + length, head.Contains("connection: close", StringComparison.OrdinalIgnoreCase));
        }
    }
}
