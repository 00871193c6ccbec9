using System.Buffers;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.ModelServers;

/// <summary>Takes an HTTP/1.x answer off a socket into one pooled buffer: head, then body, however it is framed.</summary>
internal sealed class AnswerReader(Socket socket)
{
    private const int FirstBuffer = 4 * 1024;
    private const int LargestHead = 64 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int received;
    private int bodyStart;
    private int bodyLength;
    private bool ended;
    private ChunkedBody? chunked;
    private AnswerHead head;

    /// <summary>True where the server keeps the connection, and nothing of another answer is on it.</summary>
    public bool IsReusable { get; private set; }

    /// <summary>Waits for more bytes.</summary>
    public async ValueTask ReceiveAsync(CancellationToken token)
    {
        if (received == buffer.Length)
        {
            Grow(buffer.Length * 2);
        }

        var count = await socket.ReceiveAsync(buffer.AsMemory(received), token);
        if (count == 0)
        {
            // Only a body without a length may end like this.
            ended = head is { Status: >= 200, Length: null, IsChunked: false }
                ? true
                : throw new SocketException((int)SocketError.ConnectionReset);
        }

        received += count;
    }

    /// <summary>Reads the head if it is all there; interim answers are passed over.</summary>
    public bool TryReadHead()
    {
        while (true)
        {
            var end = buffer.AsSpan(bodyStart, received - bodyStart).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return received - bodyStart <= LargestHead ? false : throw Broken("its head does not end");
            }

            head = AnswerHead.Read(buffer.AsSpan(bodyStart, end + 2));
            bodyStart += end + 4;
            if (head.Status >= 200)
            {
                break;
            }
        }

        if (head.IsChunked)
        {
            chunked = new ChunkedBody(bodyStart);
        }
        else if (head.Length > ModelConnection.LargestBody)
        {
            throw TooLarge();
        }
        else if (head.Length is { } length && bodyStart + length > buffer.Length)
        {
            Grow(bodyStart + (int)length);
        }

        return true;
    }

    /// <summary>True where the body is all there.</summary>
    public bool TryReadBody()
    {
        if (received - bodyStart > 2 * ModelConnection.LargestBody)
        {
            throw TooLarge();
        }

        var end = received;
        if (head.Status is 204 or 304)
        {
            end = bodyStart;
        }
        else if (chunked is not null)
        {
            if (!chunked.TryRead(buffer, received))
            {
                return false;
            }

            (bodyLength, end) = (chunked.Length, chunked.End);
        }
        else if (head.Length is { } length)
        {
            bodyLength = (int)length;
            end = bodyStart + bodyLength;
            if (received < end)
            {
                return false;
            }
        }
        else if (!ended)
        {
            return false;
        }
        else
        {
            bodyLength = received - bodyStart;
        }

        IsReusable = head.KeepsAlive && !ended && received == end;
        return bodyLength <= ModelConnection.LargestBody ? true : throw TooLarge();
    }

    /// <summary>The answer; the buffer is its own from here on.</summary>
    public ModelAnswer TakeAnswer() =>
        new(head.Status, buffer)
        {
            ContentType = head.ContentType,
            CustomAttributes = head.CustomAttributes,
            Body = buffer.AsMemory(bodyStart, bodyLength),
        };

    /// <summary>Gives the buffer back where there will be no answer.</summary>
    public void GiveUp() => ArrayPool<byte>.Shared.Return(buffer);

    private static InvalidDataException TooLarge() =>
        new($"The model's answer is larger than {ModelConnection.LargestBody} bytes.");

    private static InvalidDataException Broken(string why) => new($"The model server's answer is no HTTP: {why}.");

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, received).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
