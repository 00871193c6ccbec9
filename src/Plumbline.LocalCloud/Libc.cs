using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud;

/// <summary>The calls of the C library that .NET does not offer. Numbers are Linux's.</summary>
internal static unsafe partial class Libc
{
    public const int SigKill = 9;
    public const int SigTerm = 15;

    public const int Folder = 0x10000;
    public const int NoFollow = 0x20000;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;
    public const int RemoveFolder = 0x200;

    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int OnlyOwner = 0x180;
    private const int NonBlocking = 0x800;

    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int LockRelease = 8;

    private const int NoEntry = 2;
    private const int Interrupted = 4;

    /// <summary>Sends a signal; false if the process is gone.</summary>
    public static bool Signal(int process, int signal) => Kill(process, signal) == 0;

    /// <summary>Opens a file for reading, also through links, without waiting for a pipe's writer.</summary>
    public static SafeFileHandle OpenFollowing(string path) => Open(path, NonBlocking);

    /// <summary>Opens a file for reading without following a link in its last part and without waiting for a pipe's writer.</summary>
    public static SafeFileHandle OpenNoFollow(string path) => Open(path, NonBlocking | NoFollow);

    /// <summary>Opens a folder, for example for <see cref="RandomAccess.FlushToDisk"/>.</summary>
    public static SafeFileHandle OpenFolder(string path) => Open(path, Folder);

    /// <summary>Opens a file for writing; creates it if it is missing and <paramref name="create"/> is true.</summary>
    public static SafeFileHandle OpenToWrite(string path, bool create) => Open(path, ReadWrite | (create ? Create : 0));

    /// <summary>Returns the path of an existing file or folder, without links.</summary>
    public static string RealPath(string path)
    {
        using var handle = Open(path, PathOnly);
        return PathOf(handle)!;
    }

    /// <summary>Returns the path of an open file or folder, without links.</summary>
    public static string? PathOf(SafeFileHandle file) =>
        File.ResolveLinkTarget(Descriptor(file), returnFinalTarget: false)?.FullName;

    /// <summary>True for an ordinary file, not a folder, pipe, socket or device.</summary>
    public static bool IsOrdinary(SafeFileHandle file)
    {
        // statx's record is the same on every machine; its mode is at byte 28.
        const int Mode = 28;
        const int EmptyPath = 0x1000;
        const uint OnlyType = 1;
        Span<byte> record = stackalloc byte[256];
        return Statx(file, "", EmptyPath, OnlyType, ref MemoryMarshal.GetReference(record)) == 0
            && (BitConverter.ToUInt16(record[Mode..]) & 0xF000) == 0x8000;
    }

    /// <summary>Makes <paramref name="target"/> another name of <paramref name="source"/>.</summary>
    /// <exception cref="FileNotFoundException">The source does not exist.</exception>
    public static void HardLink(string source, string target)
    {
        if (Link(source, target) != 0)
        {
            throw Failed(source);
        }
    }

    /// <summary>Changes the mode of an open file or folder; false if that fails.</summary>
    public static bool ChangeMode(SafeFileHandle file, int mode) => ChangeMode(Descriptor(file), mode) == 0;

    /// <summary>Takes an exclusive <c>flock</c>; false if another process holds it.</summary>
    public static bool TryLock(SafeFileHandle file) => Lock(file, LockExclusive | LockNonBlocking) == 0;

    /// <summary>Blocks until nobody holds the <c>flock</c>, and takes it.</summary>
    public static void WaitForLock(SafeFileHandle file)
    {
        while (Lock(file, LockExclusive) != 0 && Marshal.GetLastPInvokeError() == Interrupted) { }
    }

    /// <summary>Releases a <c>flock</c>, even if other processes inherited the file.</summary>
    public static void Unlock(SafeFileHandle file) => _ = Lock(file, LockRelease);

    /// <summary>The error of the last call.</summary>
    /// <param name="path">The file that it was about; null if the message cannot name it.</param>
    public static IOException Failed(string? path = null)
    {
        var error = Marshal.GetLastPInvokeError();
        var reason = Marshal.GetPInvokeErrorMessage(error);
        var message = path is null ? reason : $"{path}: {reason}";
        return error == NoEntry ? new FileNotFoundException(message, path) : new IOException(message, error);
    }

    private static SafeFileHandle Open(string path, int flags) =>
        Open(path, flags | CloseOnExec, OnlyOwner) is { IsInvalid: false } opened ? opened : throw Failed(path);

    private static string Descriptor(SafeFileHandle file) => $"/proc/self/fd/{file.DangerousGetHandle()}";

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string source, string target);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeMode(string path, int mode);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(SafeFileHandle folder, string path, int flags, uint mask, ref byte record);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);

    // The calls below take names as bytes, which may not be text.

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial SafeFileHandle OpenAt(SafeFileHandle folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int Unlink(SafeFileHandle folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Rename(SafeFileHandle from, byte* name, SafeFileHandle to, string newName);

    [LibraryImport("libc", EntryPoint = "dup")]
    public static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    public static partial nint OpenStream(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir")]
    public static partial byte* Next(nint stream);

    [LibraryImport("libc", EntryPoint = "rewinddir")]
    public static partial void Rewind(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    public static partial int CloseStream(nint stream);
}
