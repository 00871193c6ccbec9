using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace Plumbline.WebConsole.Http;

/// <summary>
/// Requests that a proxy passes on: its <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> say who asked, how and
/// under which name. They count only where the connection comes from a proxy that is trusted.
/// </summary>
internal static class ForwardedRequests
{
    /// <summary>Where the framework keeps what it replaced by a trusted proxy's word.</summary>
    private static readonly string[] Originals =
    [
        ForwardedHeadersDefaults.XOriginalForHeaderName,
        ForwardedHeadersDefaults.XOriginalProtoHeaderName,
        ForwardedHeadersDefaults.XOriginalHostHeaderName,
    ];

    public static void UseForwarded(this IApplicationBuilder application, ProxyTrust proxies)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // From the right, as far as the proxies are trusted: what a client wrote itself stands further to the left.
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxies.Trusted)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        application.Use(
            (context, next) =>
            {
                // Only the next stage writes them.
                foreach (var original in Originals)
                {
                    context.Request.Headers.Remove(original);
                }

                return next(context);
            }
        );
        application.UseForwardedHeaders(forwarded);
        application.UseMiddleware<HostNames>(proxies);
    }

    /// <summary>Whether a trusted proxy passed the request on.</summary>
    public static bool IsForwarded(HttpContext context) =>
        Originals.Any(original => context.Request.Headers.ContainsKey(original));
}
