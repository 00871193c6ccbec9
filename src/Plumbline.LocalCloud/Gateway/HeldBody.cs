using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// A body that the client sends only after a 100 Continue (<c>Expect: 100-continue</c>), which Kestrel sends when the
/// body is first read. After an answer without it, either the body or another request may come next, and botocore takes
/// that answer's status for the connection's later ones too. So such an answer closes the connection.
/// </summary>
internal sealed class HeldBody(Stream inner) : BodyStream
{
    private bool asked;

    /// <summary>Makes the answer to a request close the connection unless a 100 Continue came before it.</summary>
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
}
