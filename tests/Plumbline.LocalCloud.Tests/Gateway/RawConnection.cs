using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>A connection whose every byte a test decides on.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client = new();

    public static async Task<RawConnection> OpenAsync(Uri endpoint)
    {
        var connection = new RawConnection();
        await connection.client.ConnectAsync(endpoint.Host, endpoint.Port);
        return connection;
    }

    /// <summary>The head of a request to S3, signed.</summary>
    public static string Head(Uri endpoint, SigningCredentials keys, string method, string target, string body)
    {
        var headers = new HeaderDictionary { ["Host"] = endpoint.Authority };
        var wire = new WireRequest(method, target, "", headers, Encoding.ASCII.GetBytes(body));
        new SigV4Signer("us-east-1", "s3").Sign(wire, keys, DateTimeOffset.UtcNow, null);
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        foreach (var (name, value) in wire.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        return head.Append($"Content-Length: {body.Length}\r\n\r\n").ToString();
    }

    public Task SendAsync(string text) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    /// <summary>All that comes until the other side ends the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
        try
        {
            return await reader.ReadToEndAsync().InTimeAsync();
        }
        catch (IOException)
        {
            return ""; // reset
        }
    }

    /// <summary>An answer without a body; null where the connection ended before one.</summary>
    /// <exception cref="IOException">It ended in the middle of one.</exception>
    public async Task<string?> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count;
            try
            {
                count = await client.GetStream().ReadAsync(one).AsTask().InTimeAsync();
            }
            catch (IOException) when (head.Length == 0)
            {
                return null;
            }

            if (count == 0)
            {
                return head.Length == 0 ? null : throw new IOException($"The answer was cut off: {head}");
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public void Dispose() => client.Dispose();
}
