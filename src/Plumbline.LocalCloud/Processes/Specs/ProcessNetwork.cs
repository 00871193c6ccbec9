using Plumbline.LocalCloud.Processes.Networking;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>The network of a sandboxed program.</summary>
internal sealed record ProcessNetwork
{
    private ProcessNetwork() { }

    /// <summary>Only a loopback of its own.</summary>
    public static ProcessNetwork None { get; } = new();

    /// <summary>This machine's network, with its loopback.</summary>
    public static ProcessNetwork Machine { get; } = new() { IsMachines = true };

    /// <summary>True for this machine's network.</summary>
    public bool IsMachines { get; private init; }

    /// <summary>
    /// The port of the local cloud on the program's own loopback; null if the program cannot reach it.
    /// </summary>
    public int? GatewayPort { get; private init; }

    /// <summary>This machine's network if the setting allows it, otherwise only the way to the gateway.</summary>
    /// <param name="internet">The setting.</param>
    /// <param name="needed">The lowest setting that allows it for programs of this kind.</param>
    /// <param name="gatewayPort">The gateway's port.</param>
    public static ProcessNetwork Of(Internet internet, Internet needed, int gatewayPort) =>
        internet >= needed ? Machine : ToGateway(gatewayPort);

    /// <summary>A loopback of its own, with the local cloud on one port.</summary>
    public static ProcessNetwork ToGateway(int port) => new() { GatewayPort = port };
}

/// <summary>The way by which this server connects to a program: a unix socket in the process's folder.</summary>
/// <param name="Port">
/// The port inside to which the socket leads; null if the program itself listens on <see cref="Relay.Socket"/>.
/// </param>
internal sealed record ProcessDoor(int? Port);
