using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>The few calls of the C library that .NET does not offer. Numbers are Linux's.</summary>
internal static class Libc
{
    public const int SigKill = 9;
    public const int SigTerm = 15;

    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int OnlyOwner = 0x180;
    private const int NonBlocking = 0x800;
    private const int NoFollow = 0x20000;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;

    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int LockRelease = 8;
    private const int Interrupted = 4;

    /// <summary>Sends a signal; false if the process is gone.</summary>
    public static bool Signal(int process, int signal) => Kill(process, signal) == 0;

    /// <summary>
    /// Takes an exclusive <c>flock</c> of a file, which is created if missing; null if another process holds it.
    /// </summary>
    public static FileLock? TryLock(string path)
    {
        var handle = Open(path, ReadWrite | Create | CloseOnExec);
        if (Lock(handle, LockExclusive | LockNonBlocking) == 0)
        {
            return new FileLock(handle);
        }

        handle.Dispose();
        return null;
    }

    /// <summary>Releases a <c>flock</c>, even if other processes inherited the file; false if that fails.</summary>
    public static bool Unlock(SafeFileHandle file) => Lock(file, LockRelease) == 0;

    /// <summary>Blocks until nobody holds the <c>flock</c>.</summary>
    public static void WaitForLock(string path)
    {
        using var handle = Open(path, ReadWrite | CloseOnExec);
        while (Lock(handle, LockExclusive) != 0 && Marshal.GetLastPInvokeError() == Interrupted) { }
    }

    /// <summary>Opens a file for reading without following a link in its last part and without waiting for a pipe's writer.</summary>
    public static SafeFileHandle OpenNoFollow(string path) => Open(path, NonBlocking | NoFollow | CloseOnExec);

    /// <summary>Returns the path of an existing file or folder, without links.</summary>
    public static string RealPath(string path)
    {
        using var handle = Open(path, PathOnly | CloseOnExec);
        return PathOf(handle)!;
    }

    /// <summary>True for an ordinary file, not a folder, pipe, socket or device.</summary>
    public static bool IsOrdinary(SafeFileHandle file)
    {
        // statx's record is the same on every machine; its mode is at byte 28.
        const int Mode = 28;
        Span<byte> record = stackalloc byte[256];
        const int EmptyPath = 0x1000;
        const uint OnlyType = 1;
        return Statx(file, "", EmptyPath, OnlyType, ref MemoryMarshal.GetReference(record)) == 0
            && (BitConverter.ToUInt16(record[Mode..]) & 0xF000) == 0x8000;
    }

    /// <summary>Returns the path of an open file or folder, without links.</summary>
    public static string? PathOf(SafeFileHandle file) =>
        File.ResolveLinkTarget($"/proc/self/fd/{file.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;

    /// <summary>Opens a file for reading, also through links, without waiting for a pipe's writer.</summary>
    public static SafeFileHandle OpenFollowing(string path) => Open(path, NonBlocking | CloseOnExec);

    private static SafeFileHandle Open(string path, int flags)
    {
        var handle = OpenFile(path, flags, OnlyOwner);
        return handle.IsInvalid
            ? throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}")
            : handle;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(SafeFileHandle file, int operation);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(
        SafeFileHandle folder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        uint mask,
        ref byte record
    );

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle OpenFile(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int flags,
        int mode
    );
}
