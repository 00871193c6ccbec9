using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Networking;

/// <summary>
/// The second address of the gateway, a unix socket in the data folder: sandboxed programs reach it from a network of their own, and
/// find the next server of this data folder there too, whatever its port.
/// </summary>
internal sealed class GatewaySocket : IDisposable
{
    /// <summary>The socket inside a sandbox.</summary>
    public const string Inside = InsideFolder + "/socket";

    /// <summary>The folder of the socket inside a sandbox.</summary>
    public const string InsideFolder = "/opt/plumbline-gateway";

    private readonly SocketPath socket;

    /// <summary>Makes room for the socket. What a server left that was killed would be in the way.</summary>
    public GatewaySocket(DataFolder data)
    {
        socket = new SocketPath(FolderOf(data));
        File.Delete(socket.Text);
    }

    /// <summary>Where the server listens.</summary>
    public string Path => socket.Text;

    /// <summary>The folder, which sandboxes show, so that they see the socket of each server that comes.</summary>
    public static string FolderOf(DataFolder data) => data.Folder("gateway");

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
