using System.Net.Sockets;

namespace Plumbline.LocalCloud.Processes.Supervision;

/// <summary>The way into a sandbox that has a network of its own: a unix socket in the process's folder.</summary>
public static class Relay
{
    private static readonly string Script = EmbeddedText.Read("Supervision.relay.pl");

    /// <summary>Where the socket's folder is inside the sandbox.</summary>
    internal const string Folder = "/opt/plumbline-relay";

    /// <summary>Starts the relay beside the command that follows.</summary>
    internal static string[] Command(int port) =>
        ["sh", "-c", "perl -e \"$0\" \"$1\" \"$2\" & shift 2; exec \"$@\"", Script, $"{Folder}/socket", $"{port}"];

    /// <summary>Connects to the program's port inside its sandbox, for use as an HTTP handler's ConnectCallback.</summary>
    /// <exception cref="SocketException">It does not listen yet, or no more.</exception>
    public static async ValueTask<Stream> ConnectAsync(string processFolder, CancellationToken cancellationToken)
    {
        // A socket's path has at most 107 bytes, and a data folder may lie deeper: name it by its open folder.
        using var folder = Libc.OpenNoFollow(new ProcessFolder(processFolder).Relay);
        var path = $"/proc/self/fd/{folder.DangerousGetHandle()}/socket";
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
