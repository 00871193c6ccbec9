using Microsoft.Win32.SafeHandles;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.State.Removal;

/// <summary>
/// Removes whatever a program left, however deep, long, odd or closed it is. Folders in folders are first moved up, side by side:
/// so no path grows, and two descriptors are enough for any depth.
/// </summary>
internal sealed class CarefulRemover
{
    private string? reason;

    private CarefulRemover() { }

    /// <summary>Removes all that is in a folder, as far as it can be removed.</summary>
    /// <returns>Null where the folder is empty now; else the first reason for which something stayed.</returns>
    public static string? Empty(string folder)
    {
        using var top = NativeMethods.OpenFolder(folder);
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

    /// <summary>Removes the files of a folder, and moves the folders in it beside it.</summary>
    private unsafe void Spread(SafeFileHandle folder, SafeFileHandle top) =>
        Entries.Each(
            folder,
            name =>
                Try(() =>
                {
                    if (!Entries.TryRemove(folder, name))
                    {
                        // A folder that is not its owner's to write cannot be moved.
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
