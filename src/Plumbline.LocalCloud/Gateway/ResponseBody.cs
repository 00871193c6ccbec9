using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The last stage: sends the answer.</summary>
internal static class ResponseBody
{
    public static async Task WriteAsync(HttpContext context, WireResponse wire, AwsReply? reply = null)
    {
        var response = context.Response;
        response.StatusCode = reply?.Status ?? wire.Status;
        foreach (var (name, values) in wire.Headers)
        {
            response.Headers[name] = values;
        }

        if (reply?.BodyLength is { } length)
        {
            response.ContentLength = length;
        }

        if (reply?.WriteBodyAsync is { } writeAsync)
        {
            await writeAsync(response.Body, context.RequestAborted);
        }
        else if (
            !wire.Body.IsEmpty
            && response.StatusCode is not (204 or 304)
            && !HttpMethods.IsHead(context.Request.Method)
        )
        {
            response.ContentLength = wire.Body.Length;
            await response.Body.WriteAsync(wire.Body, context.RequestAborted);
        }
    }
}
