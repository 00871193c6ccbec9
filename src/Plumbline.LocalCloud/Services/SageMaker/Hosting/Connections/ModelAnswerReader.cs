using System.Buffers;
using System.Net.Sockets;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;

/// <summary>Reads an HTTP/1.x answer from a socket into one pooled buffer: head, then body.</summary>
internal sealed class ModelAnswerReader(Socket socket)
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

    /// <summary>True if the server keeps the connection open and has not sent bytes after the answer.</summary>
    public bool IsReusable { get; private set; }

    /// <summary>Waits for more bytes, or for the end of a body that ends with the connection.</summary>
    /// <exception cref="SocketException">The connection ended before the answer was complete.</exception>
    public async ValueTask ReceiveAsync(CancellationToken token)
    {
        if (received == buffer.Length)
        {
            Grow(buffer.Length * 2);
        }

        var count = await socket.ReceiveAsync(buffer.AsMemory(received), token);
        if (count == 0)
        {
            // Only a body without length and chunks may end with the connection.
            ended = head is { Status: >= 200, Length: null, IsChunked: false }
                ? true
                : throw new SocketException((int)SocketError.ConnectionReset);
        }

        received += count;
    }

    /// <summary>Returns true if the head is complete; interim answers (1xx) are skipped.</summary>
    public bool TryReadHead()
    {
        while (true)
        {
            var end = buffer.AsSpan(bodyStart, received - bodyStart).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return received - bodyStart <= LargestHead
                    ? false
                    : throw Broken($"its head is longer than {LargestHead} bytes");
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

    /// <summary>Returns true if the body is complete.</summary>
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

    /// <summary>Returns the answer, which then owns the buffer.</summary>
    public ModelAnswer TakeAnswer() =>
        new(head.Status, buffer)
        {
            ContentType = head.ContentType,
            CustomAttributes = head.CustomAttributes,
            Body = buffer.AsMemory(bodyStart, bodyLength),
        };

    /// <summary>Returns the buffer to the pool if the answer cannot be completed.</summary>
    public void GiveUp() => ArrayPool<byte>.Shared.Return(buffer);

    private static InvalidDataException TooLarge() =>
        new($"The model's answer is larger than {ModelConnection.LargestBody} bytes.");

    private static InvalidDataException Broken(string why) =>
        new($"The model server's answer is not valid HTTP: {why}.");

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, received).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
