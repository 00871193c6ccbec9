using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// A body that its client holds back until it is asked for it (<c>Expect: 100-continue</c>). Kestrel asks, by a 100 Continue,
/// when the body is first read. An answer without that leaves open what comes next on the connection, the body or another
/// request, and botocore takes the status of such an answer for the connection's later ones too. So it ends the connection.
/// </summary>
/// <param name="inner">The body.</param>
internal sealed class HeldBody(Stream inner) : Stream
{
    private bool asked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sees to it that the answer to a request ends the connection unless a 100 Continue comes before it.</summary>
    public static void Watch(HttpContext context)
    {
        if (!context.Request.Headers.Expect.ToString().Equals("100-continue", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var canHaveBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        var body = new HeldBody(context.Request.Body);
        context.Request.Body = body;
        context.Response.OnStarting(() =>
        {
            if (!body.asked || !canHaveBody)
            {
                context.Response.Headers.Connection = "close";
            }

            return Task.CompletedTask;
        });
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        asked = true;
        return inner.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Request bodies are read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
