using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>
/// A <c>flock</c> that this process holds. It is unlocked explicitly, because closing the file is not enough: a process
/// that another thread is just starting has inherited the file, and would keep the lock until its program is loaded.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly SafeFileHandle file;

    private FileLock(SafeFileHandle file) => this.file = file;

    /// <summary>Locks a file, which is created if missing; null if another process holds it.</summary>
    public static FileLock? TryTake(string path)
    {
        var file = Libc.OpenToWrite(path, create: true);
        if (Libc.TryLock(file))
        {
            return new FileLock(file);
        }

        file.Dispose();
        return null;
    }

    /// <summary>Blocks until nobody holds the lock.</summary>
    public static void WaitFor(string path)
    {
        using var file = Libc.OpenToWrite(path, create: false);
        Libc.WaitForLock(file);
    }

    public void Dispose()
    {
        Libc.Unlock(file);
        file.Dispose();
    }
}
