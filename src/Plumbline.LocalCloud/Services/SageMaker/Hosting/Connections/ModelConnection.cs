using System.Buffers;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

/// <summary>
/// One keep-alive connection to a model server. It supports the parts of HTTP/1.1 that model servers use, and allocates
/// only the answer of a call: HttpClient would cost more than all other work of the gateway.
/// </summary>
internal sealed class ModelConnection(Socket socket) : IDisposable
{
    /// <summary>AWS's limit for the body of a request and of an answer, in bytes.</summary>
    public const int LargestBody = 6_291_456;

    private const int SmallBody = 16 * 1024;

    private readonly ArrayBufferWriter<byte> outgoing = new(1024);
    private CancellationTokenSource limit = new();

    /// <summary>True if the server has closed the connection, or has sent bytes without a request.</summary>
    public bool IsStale => socket.Poll(0, SelectMode.SelectRead);

    /// <summary>True if the connection can be used for another request.</summary>
    public bool CanBeKept { get; private set; }

    /// <summary>True if a byte has arrived since the last request was sent.</summary>
    public bool HasHeard { get; private set; }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <exception cref="SocketException">The server has closed the connection.</exception>
    /// <exception cref="OperationCanceledException">
    /// The answer took longer than <paramref name="patience"/>.
    /// </exception>
    /// <exception cref="InvalidDataException">The answer is not valid HTTP, or too large.</exception>
    public async ValueTask<ModelAnswer> SendAsync(ModelRequest request, TimeSpan patience)
    {
        CanBeKept = false;
        HasHeard = false;
        var token = Limit(patience);
        await WriteAsync(request, token);
        var reader = new ModelAnswerReader(socket);
        try
        {
            while (!reader.TryReadHead())
            {
                await ReceiveAsync(reader, token);
            }

            while (!reader.TryReadBody())
            {
                await ReceiveAsync(reader, token);
            }

            CanBeKept = reader.IsReusable;
            return reader.TakeAnswer();
        }
        catch
        {
            reader.GiveUp();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        limit.Dispose();
        socket.Dispose();
    }

    private async ValueTask ReceiveAsync(ModelAnswerReader reader, CancellationToken token)
    {
        await reader.ReceiveAsync(token);
        HasHeard = true;
    }

    /// <summary>
    /// Returns a token that is cancelled after <paramref name="patience"/>. The source is reused, to save a timer per
    /// call.
    /// </summary>
    private CancellationToken Limit(TimeSpan patience)
    {
        if (!limit.TryReset())
        {
            limit.Dispose();
            limit = new CancellationTokenSource();
        }

        limit.CancelAfter(patience);
        return limit.Token;
    }

    private async ValueTask WriteAsync(ModelRequest request, CancellationToken token)
    {
        outgoing.ResetWrittenCount();
        request.WriteHead(outgoing);
        if (request.Body.Length <= SmallBody)
        {
            outgoing.Write(request.Body.Span);
            await SendAllAsync(outgoing.WrittenMemory, token);
            return;
        }

        await SendAllAsync(outgoing.WrittenMemory, token);
        await SendAllAsync(request.Body, token);
    }

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, token)..];
        }
    }
}
