using System.Net;

namespace Plumbline.WebConsole;

/// <summary>The trusted proxies, and the host names under which they serve the console.</summary>
public sealed record ProxyTrust
{
    private static readonly IPNetwork[] Loopback =
    [
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("::ffff:127.0.0.0/104"),
    ];

    /// <summary>The addresses whose <c>X-Forwarded-*</c> headers are trusted; none by default.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = [];

    /// <summary>Host names that the console answers to in addition to those of this machine.</summary>
    public IReadOnlyList<string> PublicHosts { get; init; } = [];

    /// <summary>
    /// Trusts this machine in addition to the named proxies, but only if a proxy or a public host is named: every
    /// browser on this machine comes from loopback too.
    /// </summary>
    public static ProxyTrust Of(IReadOnlyList<IPNetwork> proxies, IReadOnlyList<string> publicHosts) =>
        proxies.Count + publicHosts.Count == 0
            ? new ProxyTrust()
            : new ProxyTrust { Trusted = [.. Loopback, .. proxies], PublicHosts = publicHosts };
}
