using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace Plumbline.WebConsole.Http;

/// <summary>
/// Requests that a proxy forwards: <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> have the client's address,
/// scheme and host name. They count only if the connection is from a trusted proxy; other headers never count.
/// </summary>
internal static class ForwardedRequests
{
    public static void UseForwarded(this IApplicationBuilder application, ProxyTrust proxies)
    {
        // Checks the sent name too: a page can add X-Forwarded-Host to its requests, but cannot change their Host.
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
            // Read from the right, through the trusted proxies: a client's own values are further to the left.
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
