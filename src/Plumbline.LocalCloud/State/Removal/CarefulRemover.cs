using Microsoft.Win32.SafeHandles;

namespace Plumbline.LocalCloud.State.Removal;

/// <summary>
/// Removes all files that a program left, whatever their depth, names and permissions. Nested folders are first moved
/// to the top, so that paths stay short, and two descriptors are enough for any depth.
/// </summary>
internal sealed class CarefulRemover
{
    private string? reason;

    private CarefulRemover() { }

    /// <summary>Removes all entries of a folder, as far as possible.</summary>
    /// <returns>Null if the folder is empty now; otherwise the first error.</returns>
    public static string? Empty(string folder)
    {
        using var top = Libc.OpenFolder(folder);
        var remover = new CarefulRemover();
        remover.Empty(top);
        return remover.reason;
    }

    private unsafe void Empty(SafeFileHandle top) =>
        Entries.Each(
            top,
            name =>
                Try(() =>
                {
                    if (Entries.TryRemove(top, name))
                    {
                        return;
                    }

                    using (var below = Entries.OpenFolder(top, name))
                    {
                        Spread(below, top);
                    }

                    Entries.Remove(top, name);
                })
        );

    /// <summary>Removes the files of a folder, and moves its folders to the top.</summary>
    private unsafe void Spread(SafeFileHandle folder, SafeFileHandle top) =>
        Entries.Each(
            folder,
            name =>
                Try(() =>
                {
                    if (!Entries.TryRemove(folder, name))
                    {
                        // A folder cannot be moved without write permission for its owner.
                        Entries.OpenUp(folder, name);
                        Entries.Move(folder, name, top, Guid.NewGuid().ToString("N"));
                    }
                })
        );

    private bool Try(Action remove)
    {
        try
        {
            remove();
            return true;
        }
        catch (IOException exception)
        {
            reason ??= exception.Message;
            return false;
        }
    }
}
