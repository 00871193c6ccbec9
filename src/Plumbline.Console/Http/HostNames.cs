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
        if (!IsOwn(name) && !proxies.PublicHosts.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new PageException(
                StatusCodes.Status400BadRequest,
                "This console is not served under that name",
                $"'{name}' is not one of its names. Start it with --public-host NAME, or ask for it as localhost."
            );
        }

        return next(context);
    }

    private static bool IsOwn(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
