using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Networking;

/// <summary>
/// The second address of the gateway, a unix socket in the data folder. Sandboxed programs reach it from a network of
/// their own, and find the next server of this data folder there too, whatever its port.
/// </summary>
internal sealed class GatewaySocket : IDisposable
{
    /// <summary>The path of the socket inside a sandbox.</summary>
    public const string Inside = InsideFolder + "/socket";

    /// <summary>The folder of the socket inside a sandbox.</summary>
    public const string InsideFolder = "/opt/plumbline-gateway";

    private readonly SocketPath socket;

    /// <summary>Prepares the folder: the socket of a server that was killed would be in the way.</summary>
    public GatewaySocket(DataFolder data)
    {
        socket = new SocketPath(FolderOf(data));
        File.Delete(socket.Text);
    }

    /// <summary>The path on which the server listens.</summary>
    public string Path => socket.Text;

    /// <summary>
    /// The folder of the socket. Sandboxes show the folder, so that they also see the next server's socket.
    /// </summary>
    public static string FolderOf(DataFolder data) => data.Folder("gateway");

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
