using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>
/// A <c>flock</c> that this process holds. It is unlocked explicitly, because closing the file is not enough: a process
/// that another thread is just starting has inherited the file, and would keep the lock until its program is loaded.
/// </summary>
internal sealed class FileLock(SafeFileHandle file) : IDisposable
{
    public void Dispose()
    {
        Libc.Unlock(file);
        file.Dispose();
    }
}
