using System.Net;

namespace Plumbline.WebConsole;

/// <summary>The proxies whose word counts, and the names under which they serve the console.</summary>
public sealed record ProxyTrust
{
    /// <summary>This machine itself: the console listens nowhere else, so that every connection comes from here.</summary>
    public static IReadOnlyList<IPNetwork> Loopback { get; } =
    [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("::ffff:127.0.0.0/104")];

    /// <summary>Whose <c>X-Forwarded-*</c> headers count.</summary>
    public IReadOnlyList<IPNetwork> Trusted { get; init; } = Loopback;

    /// <summary>The public names; where there are none, those that a trusted proxy passes on.</summary>
    public IReadOnlyList<string> PublicHosts { get; init; } = [];
}
