using Microsoft.Win32.SafeHandles;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Processes.Networking;

/// <summary>
/// A short path of a folder's socket, because a socket's path may have only 107 bytes. It goes through a handle of the
/// folder, and is valid until this is disposed.
/// </summary>
internal sealed class SocketPath(string folder) : IDisposable
{
    private readonly SafeFileHandle handle = Libc.OpenNoFollow(folder);

    public string Text => $"/proc/self/fd/{handle.DangerousGetHandle()}/socket";

    public void Dispose() => handle.Dispose();
}
