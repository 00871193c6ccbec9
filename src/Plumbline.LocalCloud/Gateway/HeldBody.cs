using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// A body that its client holds back until it is asked for it (<c>Expect: 100-continue</c>). Kestrel asks, by a 100 Continue,
/// when the body is first read. An answer without that leaves open what comes next on the connection, the body or another
/// request, and botocore takes the status of such an answer for the connection's later ones too. So it ends the connection.
/// </summary>
/// <param name="inner">The body.</param>
internal sealed class HeldBody(Stream inner) : BodyStream
{
    private bool asked;

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
}
