namespace Plumbline.LocalCloud.State.Removal;

/// <summary>
/// The folder <c>trash/folders</c> of the data folder. Folders that could not be removed are moved there, where they
/// block nothing, and removed later. Each entry is a folder of ours with the folder to remove in it.
/// </summary>
internal static class Trash
{
    private static readonly string Name = Path.Combine("trash", "folders");
    private const string Held = "held";
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Removes a folder, or moves it to the trash if that fails.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="data">The data folder that contains it.</param>
    /// <exception cref="IOException">It can neither be removed nor moved, as on a full disk.</exception>
    public static void Remove(string folder, string data)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception)
        {
            // Any exception: for a path that is too long, .NET complains about an empty argument.
            var holder = Path.Combine(data, Name, $"{Path.GetFileName(folder)}-{Guid.NewGuid():N}");
            Directory.CreateDirectory(holder, OnlyOwner);
            File.SetUnixFileMode(folder, OnlyOwner);
            Directory.Move(folder, Path.Combine(holder, Held));
            TryEmpty(holder);
        }
    }

    /// <summary>Removes a process's folder, or one in it.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <param name="process">The process's folder, two levels below the data folder: DATA/KIND/PROCESS.</param>
    /// <inheritdoc cref="Remove" path="/exception"/>
    public static void RemoveOf(string process, string folder) =>
        Remove(folder, Path.GetDirectoryName(Path.GetDirectoryName(process))!);

    /// <summary>The entries of the trash.</summary>
    public static IReadOnlyList<string> List(string data) =>
        Directory.Exists(Path.Combine(data, Name)) ? Directory.GetDirectories(Path.Combine(data, Name)) : [];

    /// <summary>Tries to remove an entry of the trash.</summary>
    /// <returns>Null if it is gone; otherwise the error.</returns>
    public static string? TryEmpty(string entry)
    {
        try
        {
            if (CarefulRemover.Empty(entry) is { } reason)
            {
                return reason;
            }

            Directory.Delete(entry);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
