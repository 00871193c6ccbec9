using System.Net;
using Microsoft.AspNetCore.Http;

namespace Plumbline.WebConsole.Http;

/// <summary>
/// Accepts only the host names of this machine and those of --public-host. A page of another site whose name resolves
/// to this machine gets nothing.
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
                $"'{name}' is not one of its names. Start it with --public-host NAME, or open it as localhost."
            );
        }

        return next(context);
    }

    private static bool IsOwn(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
