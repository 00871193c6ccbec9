using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.State.Removal;

/// <summary>
/// The entries of a folder by the bytes of their names: a program may choose a name that is not text, or one that makes
/// a path too long for the system, and .NET cannot name such a file.
/// </summary>
internal static unsafe class Entries
{
    private const int OwnerOnly = 0x1C0;
    private const int NameInEntry = 19;
    private const int FolderItself = Libc.Folder | Libc.NoFollow | Libc.CloseOnExec;

    /// <summary>Opens a folder, never through a link; first gives its owner access.</summary>
    /// <exception cref="IOException">It does not exist, or belongs to another user.</exception>
    public static SafeFileHandle OpenFolder(SafeFileHandle parent, byte* name)
    {
        OpenUp(parent, name);
        return Libc.OpenAt(parent, name, FolderItself) is { IsInvalid: false } opened ? opened : throw Libc.Failed();
    }

    /// <summary>Lets the owner read, write and enter a folder.</summary>
    public static void OpenUp(SafeFileHandle parent, byte* name)
    {
        using var found = Libc.OpenAt(parent, name, Libc.PathOnly | FolderItself);
        if (found.IsInvalid || !Libc.ChangeMode(found, OwnerOnly))
        {
            throw Libc.Failed();
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
        var descriptor = Libc.Duplicate((int)folder.DangerousGetHandle());
        var stream = Libc.OpenStream(descriptor);
        if (stream == 0)
        {
            throw Libc.Failed();
        }

        try
        {
            for (var changed = true; changed; )
            {
                changed = false;
                Libc.Rewind(stream);
                for (var entry = Libc.Next(stream); entry != null; entry = Libc.Next(stream))
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
            _ = Libc.CloseStream(stream);
        }
    }

    /// <summary>Removes a file, a link, a pipe, or an empty folder; false if that fails.</summary>
    public static bool TryRemove(SafeFileHandle parent, byte* name) =>
        Libc.Unlink(parent, name, 0) == 0 || Libc.Unlink(parent, name, Libc.RemoveFolder) == 0;

    /// <summary>Removes an empty folder.</summary>
    /// <exception cref="IOException">It could not be removed.</exception>
    public static void Remove(SafeFileHandle parent, byte* name)
    {
        if (Libc.Unlink(parent, name, Libc.RemoveFolder) != 0)
        {
            throw Libc.Failed();
        }
    }

    /// <summary>Moves an entry to another folder.</summary>
    /// <exception cref="IOException">It could not be moved.</exception>
    public static void Move(SafeFileHandle from, byte* name, SafeFileHandle to, string newName)
    {
        if (Libc.Rename(from, name, to, newName) != 0)
        {
            throw Libc.Failed();
        }
    }

    private static bool IsDots(byte* name) => name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

/// <summary>Removes an entry by its name, which ends with a zero byte; false if it stays.</summary>
internal unsafe delegate bool EntryAction(byte* name);
