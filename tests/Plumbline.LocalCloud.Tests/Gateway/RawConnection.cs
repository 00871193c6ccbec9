using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>A connection of which a test controls every byte.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient client = new();

    public static async Task<RawConnection> OpenAsync(Uri endpoint)
    {
        var connection = new RawConnection();
        await connection.client.ConnectAsync(endpoint.Host, endpoint.Port);
        return connection;
    }

    /// <summary>Makes the signed head of a request.</summary>
    public static string Head(
        Uri endpoint,
        SigningCredentials keys,
        string method,
        string target,
        string body,
        string service = "s3",
        (string Name, string Value)? header = null
    )
    {
        var headers = new HeaderDictionary { ["Host"] = endpoint.Authority };
        if (header is var (name, value))
        {
            headers[name] = value;
        }

        var wire = new WireRequest(method, target, "", headers, Encoding.ASCII.GetBytes(body));
        new SigV4Signer("us-east-1", service).Sign(wire, keys, DateTimeOffset.UtcNow, null);
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        foreach (var (signed, text) in wire.Headers)
        {
            head.Append($"{signed}: {text}\r\n");
        }

        return head.Append($"Content-Length: {body.Length}\r\n\r\n").ToString();
    }

    public Task SendAsync(string text) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    /// <summary>Reads until the server closes the connection.</summary>
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

    /// <summary>Returns the head of an answer and skips its body; null if the connection ended before.</summary>
    /// <exception cref="IOException">The connection ended inside an answer.</exception>
    public async Task<string?> ReadAnswerAsync()
    {
        if (await ReadHeadAsync() is not { } head)
        {
            return null;
        }

        const string name = "Content-Length: ";
        var line = head.Split("\r\n").First(text => text.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        var body = new byte[int.Parse(line[name.Length..], System.Globalization.CultureInfo.InvariantCulture)];
        await client.GetStream().ReadExactlyAsync(body).AsTask().InTimeAsync();
        return head;
    }

    /// <summary>Returns the head of an answer; null if the connection ended before.</summary>
    /// <exception cref="IOException">The connection ended inside a head.</exception>
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
