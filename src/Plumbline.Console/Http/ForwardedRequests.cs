using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Plumbline.WebConsole.Http;

/// <summary>
/// Requests that a proxy passes on: its <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> say who asked, how and
/// under which name. They count only where the connection comes from a proxy that is trusted; no other header does.
/// </summary>
internal static class ForwardedRequests
{
    public static void UseForwarded(this IApplicationBuilder application, ProxyTrust proxies)
    {
        // The name as it was sent, too: a page can add X-Forwarded-Host to its own requests, but cannot change their Host.
        application.UseMiddleware<HostNames>(proxies);
        // The framework takes an empty list of proxies for all of them.
        if (proxies.Trusted.Count == 0)
        {
            return;
        }

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

        application.UseForwardedHeaders(forwarded);
        application.UseMiddleware<HostNames>(proxies);
    }
}
