using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plumbline.Bench.Serving;

/// <summary>
/// A constant answer without an HTTP server: it looks for the end of the head and for Content-Length, and nothing else.
/// It listens at its port, and at UNIX_SOCKET, if that is set.
/// </summary>
internal static class BareServer
{
    private const int LargestRequest = 16 * 1024;

    public static async Task RunAsync(CancellationToken cancel)
    {
        var port = int.Parse(
            Environment.GetEnvironmentVariable("SAGEMAKER_BIND_TO_PORT")!,
            CultureInfo.InvariantCulture
        );
        var body = await File.ReadAllBytesAsync(Environment.GetEnvironmentVariable("ANSWER_FILE")!, cancel);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
        );
        byte[] answer = [.. Encoding.ASCII.GetBytes(head), .. body];
        using var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp);
        List<Task> accepting = [AcceptAsync(tcp, new IPEndPoint(IPAddress.Loopback, port), answer, cancel)];
        using var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (Environment.GetEnvironmentVariable("UNIX_SOCKET") is { } path)
        {
            accepting.Add(AcceptAsync(unix, new UnixDomainSocketEndPoint(path), answer, cancel));
        }
        await Task.WhenAll(accepting);
    }

    private static async Task AcceptAsync(Socket listener, EndPoint address, byte[] answer, CancellationToken cancel)
    {
        listener.Bind(address);
        listener.Listen();
        while (true)
        {
            _ = AnswerAsync(await listener.AcceptAsync(cancel), answer, cancel);
        }
    }

    private static async Task AnswerAsync(Socket socket, byte[] answer, CancellationToken cancel)
    {
        using var connection = socket;
        if (connection.AddressFamily != AddressFamily.Unix)
        {
            connection.NoDelay = true;
        }
        var request = new byte[LargestRequest];
        var have = 0;
        int read;
        while ((read = await connection.ReceiveAsync(request.AsMemory(have), cancel)) > 0)
        {
            have += read;
            if (HttpMessage.Body(request.AsSpan(0, have)) is var (start, length) && have >= start + length)
            {
                await connection.SendAsync(answer, cancel);
                have = 0;
            }
        }
    }
}
