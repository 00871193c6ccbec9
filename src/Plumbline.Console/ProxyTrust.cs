using System.Net;

namespace Plumbline.WebConsole;

/// <summary>The proxies whose word counts, and the names under which they serve the console.</summary>
public sealed record ProxyTrust
{
    private static readonly IPNetwork[] Loopback =
    [
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("::ffff:127.0.0.0/104"),
    ];

    /// <summary>The addresses whose <c>X-Forwarded-*</c> headers count; by default none.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];

    /// <summary>The names that the console answers to beside those of this machine.</summary>
    public IReadOnlyList<string> PublicHosts { get; init; } = [];

    /// <summary>
    /// Trusts this machine beside the proxies that were named, but only where something says that there is a proxy: every
    /// browser of this machine comes from loopback too.
    /// </summary>
    public static ProxyTrust Of(IReadOnlyList<IPNetwork> proxies, IReadOnlyList<string> publicHosts) =>
        proxies.Count + publicHosts.Count == 0
            ? new ProxyTrust()
            : new ProxyTrust { Trusted = [.. Loopback, .. proxies], PublicHosts = publicHosts };
}
