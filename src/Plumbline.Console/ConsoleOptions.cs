using System.Net;
using Plumbline.Aws.Client;

namespace Plumbline.WebConsole;

/// <summary>The settings of a console.</summary>
public sealed record ConsoleOptions
{
    /// <summary>The cloud whose loops it shows, and the identity under which it acts there.</summary>
    public required AwsConnection Connection { get; init; }

    /// <summary>The folder for users, keys of sessions and the disposable index; created if missing.</summary>
    public required string Folder { get; init; }

    /// <summary>The provider that signs people in; null for users and passwords in <see cref="Folder"/>.</summary>
    public OpenIdProvider? OpenId { get; init; }

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The proxies through which people reach the console.</summary>
    public ProxyTrust Proxies { get; init; } = new();
}
