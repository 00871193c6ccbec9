using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.State.Removal;

/// <summary>
/// The entries of a folder by the bytes of their names: a program may choose a name that is not text, or one that makes
/// a path too long for the system, and .NET cannot name such a file. The numbers are Linux's.
/// </summary>
internal static unsafe partial class Entries
{
    private const int Folder = 0x10000;
    private const int NoFollow = 0x20000;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;
    private const int RemoveFolder = 0x200;
    private const int OnlyOwner = 0x1C0;
    private const int NameInEntry = 19;

    /// <summary>Opens a folder, never through a link; first gives its owner access.</summary>
    /// <exception cref="IOException">It does not exist, or belongs to another user.</exception>
    public static SafeFileHandle OpenFolder(SafeFileHandle parent, byte* name)
    {
        OpenUp(parent, name);
        return Open(parent, name, Folder | NoFollow | CloseOnExec) is { IsInvalid: false } opened
            ? opened
            : throw Failed();
    }

    /// <summary>Lets the owner read, write and enter a folder.</summary>
    public static void OpenUp(SafeFileHandle parent, byte* name)
    {
        using var found = Open(parent, name, PathOnly | Folder | NoFollow | CloseOnExec);
        if (found.IsInvalid || ChangeMode($"/proc/self/fd/{found.DangerousGetHandle()}", OnlyOwner) != 0)
        {
            throw Failed();
        }
    }

    /// <summary>
    /// Calls <paramref name="remove"/> for each entry, until a pass over the folder removes nothing more.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="remove">Removes an entry; false if it stays.</param>
    public static void Each(SafeFileHandle folder, EntryAction remove)
    {
        // fdopendir takes over its descriptor, so it gets a copy.
        var descriptor = Duplicate((int)folder.DangerousGetHandle());
        var stream = OpenStream(descriptor);
        if (stream == 0)
        {
            throw Failed();
        }

        try
        {
            for (var changed = true; changed; )
            {
                changed = false;
                Rewind(stream);
                for (var entry = Next(stream); entry != null; entry = Next(stream))
                {
                    var name = entry + NameInEntry;
                    if (!IsDots(name) && remove(name))
                    {
                        changed = true;
                    }
                }
            }
        }
        finally
        {
            _ = CloseStream(stream);
        }
    }

    /// <summary>Removes a file, a link, a pipe, or an empty folder; false if that fails.</summary>
    public static bool TryRemove(SafeFileHandle parent, byte* name) =>
        Unlink(parent, name, 0) == 0 || Unlink(parent, name, RemoveFolder) == 0;

    /// <summary>Removes an empty folder.</summary>
    /// <exception cref="IOException">It could not be removed.</exception>
    public static void Remove(SafeFileHandle parent, byte* name)
    {
        if (Unlink(parent, name, RemoveFolder) != 0)
        {
            throw Failed();
        }
    }

    /// <summary>Moves an entry to another folder.</summary>
    /// <exception cref="IOException">It could not be moved.</exception>
    public static void Move(SafeFileHandle from, byte* name, SafeFileHandle to, string newName)
    {
        if (Rename(from, name, to, newName) != 0)
        {
            throw Failed();
        }
    }

    private static bool IsDots(byte* name) => name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));

    private static IOException Failed() => new(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial SafeFileHandle Open(SafeFileHandle folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeMode(string path, int mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int Unlink(SafeFileHandle folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(SafeFileHandle from, byte* name, SafeFileHandle to, string newName);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    private static partial nint OpenStream(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial byte* Next(nint stream);

    [LibraryImport("libc", EntryPoint = "rewinddir")]
    private static partial void Rewind(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseStream(nint stream);
}

/// <summary>Removes an entry by its name, which ends with a zero byte; false if it stays.</summary>
internal unsafe delegate bool EntryAction(byte* name);
