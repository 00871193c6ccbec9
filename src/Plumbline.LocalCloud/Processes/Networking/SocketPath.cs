using Microsoft.Win32.SafeHandles;
using Plumbline.LocalCloud.Processes.Supervision;

namespace Plumbline.LocalCloud.Processes.Networking;

/// <summary>
/// The path of a folder's socket in less than the 107 bytes that a socket's path may have, wherever the folder lies: it goes by the open
/// folder, and holds as long as this does.
/// </summary>
internal sealed class SocketPath(string folder) : IDisposable
{
    private readonly SafeFileHandle handle = Libc.OpenNoFollow(folder);

    public string Text => $"/proc/self/fd/{handle.DangerousGetHandle()}/socket";

    public void Dispose() => handle.Dispose();
}
