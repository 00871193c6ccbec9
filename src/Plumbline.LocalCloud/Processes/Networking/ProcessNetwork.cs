namespace Plumbline.LocalCloud.Processes.Networking;

/// <summary>The network of a sandboxed program.</summary>
public sealed record ProcessNetwork
{
    private ProcessNetwork() { }

    /// <summary>A loopback of its own, and nothing else.</summary>
    public static ProcessNetwork None { get; } = new();

    /// <summary>This machine's: all that it reaches, its loopback too.</summary>
    public static ProcessNetwork Machine { get; } = new() { IsMachines = true };

    /// <summary>True where it is this machine's own.</summary>
    public bool IsMachines { get; private init; }

    /// <summary>The port of its own loopback at which it finds the local cloud; null where it does not.</summary>
    public int? GatewayPort { get; private init; }

    /// <summary>This machine's where a setting goes as far as it must, else the way to the gateway.</summary>
    /// <param name="internet">The setting.</param>
    /// <param name="needed">The least of it that programs of this kind must have.</param>
    /// <param name="gatewayPort">The gateway's port.</param>
    public static ProcessNetwork Of(Internet internet, Internet needed, int gatewayPort) =>
        internet >= needed ? Machine : ToGateway(gatewayPort);

    /// <summary>A loopback of its own, with the local cloud on a port of it.</summary>
    public static ProcessNetwork ToGateway(int port) => new() { GatewayPort = port };
}

/// <summary>The way in for this server: a unix socket in the process's folder.</summary>
/// <param name="Port">
/// The port inside that the socket leads to; null where the program itself listens on <see cref="Relay.Socket"/>.
/// </param>
public sealed record ProcessDoor(int? Port);

/// <summary>The programs, each value with those before it, that reach what this machine reaches, its loopback too, instead of the local cloud alone.</summary>
public enum Internet
{
    /// <summary>None.</summary>
    Nobody,

    /// <summary>Builds, as they do on AWS: they fetch the packages that they build with.</summary>
    Builds,

    /// <summary>Builds, jobs and model servers, but for those that isolate themselves (<c>EnableNetworkIsolation</c>).</summary>
    Everyone,
}
