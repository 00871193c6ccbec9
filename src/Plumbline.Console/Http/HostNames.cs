using System.Net;
using Microsoft.AspNetCore.Http;

namespace Plumbline.WebConsole.Http;

/// <summary>
/// The names under which the console is served: those of this machine itself, and those that it was told. A page of
/// another site that lets its own name lead here gets nothing.
/// </summary>
internal sealed class HostNames(RequestDelegate next, ProxyTrust proxies)
{
    public Task InvokeAsync(HttpContext context)
    {
        var name = context.Request.Host.Host;
        if (!IsOwn(name) && !IsPublic(name, context))
        {
            throw new PageException(
                StatusCodes.Status400BadRequest,
                "This console is not served under that name",
                $"'{name}' is not one of its names. Start it with --public-host NAME, or ask for it through the proxy in front of it."
            );
        }

        return next(context);
    }

    private static bool IsOwn(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Where no public name is told, the proxy's word is enough: it answers only to its own names.</summary>
    private bool IsPublic(string name, HttpContext context) =>
        proxies.PublicHosts.Count > 0
            ? proxies.PublicHosts.Contains(name, StringComparer.OrdinalIgnoreCase)
            : ForwardedRequests.IsForwarded(context);
}
