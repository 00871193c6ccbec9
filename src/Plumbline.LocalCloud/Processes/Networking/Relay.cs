using System.Globalization;
using System.Net.Sockets;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Networking;

/// <summary>Connects a sandbox that has a network of its own, in both directions, over unix sockets.</summary>
internal static class Relay
{
    private static readonly string Script = EmbeddedText.Read("Networking.relay.pl");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>The folder of <see cref="Socket"/> inside the sandbox.</summary>
    internal const string Folder = "/opt/plumbline-relay";

    /// <summary>The socket of a <see cref="ProcessDoor"/> inside the sandbox.</summary>
    internal const string Socket = Folder + "/socket";

    /// <summary>The words before a program's command that start its relay; empty if it needs no relay.</summary>
    internal static IReadOnlyList<string> Command(ProcessSpec spec)
    {
        List<string> ways = [];
        if (spec.Network.GatewayPort is { } gateway)
        {
            ways.AddRange(["out", Text(gateway), GatewaySocket.Inside]);
        }

        if (spec.Door is { Port: { } port })
        {
            ways.AddRange(["in", Socket, Text(port)]);
        }

        return ways.Count == 0 ? [] : ["perl", "-e", Script, .. ways, "--"];
    }

    /// <summary>Connects to the door of a process.</summary>
    /// <exception cref="SocketException">It does not listen yet, or not any more.</exception>
    public static async ValueTask<Socket> ConnectAsync(string processFolder, CancellationToken cancellationToken)
    {
        using var path = new SocketPath(new ProcessFolder(processFolder).Relay);
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path.Text), cancellationToken);
                return socket;
            }
            catch (SocketException exception)
                when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain)
            {
                // Unlike a port, a unix socket with a full queue refuses at once instead of making the caller wait.
                socket.Dispose();
                await ProcessTime.Delay(Pause, cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
