using System.Buffers;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.ModelServers;

/// <summary>
/// One keep-alive connection to a model server. It speaks as much HTTP/1.1 as model servers answer with, and nothing
/// is allocated per call but the answer: HttpClient costs more here than everything else that the gateway does.
/// </summary>
internal sealed class ModelConnection(Socket socket) : IDisposable
{
    /// <summary>The largest body either way; AWS's limit.</summary>
    public const int LargestBody = 6_291_456;

    private const int SmallBody = 16 * 1024;

    private readonly ArrayBufferWriter<byte> outgoing = new(1024);
    private CancellationTokenSource limit = new();

    /// <summary>True where the server has closed it, or has sent what nobody asked for.</summary>
    public bool IsStale => socket.Poll(0, SelectMode.SelectRead);

    /// <summary>True where the connection can take another request after the last answer.</summary>
    public bool CanBeKept { get; private set; }

    /// <summary>True where anything of an answer has come since the last request was sent.</summary>
    public bool HasHeard { get; private set; }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <exception cref="SocketException">The server is gone.</exception>
    /// <exception cref="OperationCanceledException">It took longer than the limit.</exception>
    /// <exception cref="InvalidDataException">The answer is no HTTP, or too large.</exception>
    public async ValueTask<ModelAnswer> SendAsync(ModelRequest request, TimeSpan patience)
    {
        CanBeKept = false;
        HasHeard = false;
        var token = Limit(patience);
        await WriteAsync(request, token);
        var reader = new AnswerReader(socket);
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

    private async ValueTask ReceiveAsync(AnswerReader reader, CancellationToken token)
    {
        await reader.ReceiveAsync(token);
        HasHeard = true;
    }

    /// <summary>A token that ends after <paramref name="patience"/>; its source is used again, for a timer a call is waste.</summary>
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
