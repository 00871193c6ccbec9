using System.Net;
using Plumbline.Aws.Client;

namespace Plumbline.WebConsole;

/// <summary>The settings of a console.</summary>
public sealed record ConsoleOptions
{
    /// <summary>The cloud whose loops it shows, and who acts there.</summary>
    public required AwsConnection Connection { get; init; }

    /// <summary>Where users, keys of sign-ins and the disposable index are kept; made if missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Who signs people in instead of the users of <see cref="Folder"/>; null where those do.</summary>
    public OpenIdProvider? OpenId { get; init; }

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The proxies through which people reach it.</summary>
    public ProxyTrust Proxies { get; init; } = new();
}
