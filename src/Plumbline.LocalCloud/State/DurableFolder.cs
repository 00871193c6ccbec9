namespace Plumbline.LocalCloud.State;

/// <summary>Flushes a folder that another program wrote, so that it survives a power loss.</summary>
internal static class DurableFolder
{
    /// <summary>Flushes every file below a folder, and the entries of every folder.</summary>
    public static void Flush(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            using var handle = File.OpenHandle(file);
            RandomAccess.FlushToDisk(handle);
        }

        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            Flush(below);
        }

        FlushEntries(folder);
    }

    /// <summary>
    /// Flushes the names in a folder and in all below it; the files' content must be flushed already.
    /// </summary>
    public static void FlushNames(string folder)
    {
        try
        {
            foreach (var below in Directory.EnumerateDirectories(folder))
            {
                FlushNames(below);
            }

            FlushEntries(folder);
        }
        catch (IOException exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            // Another process removed it meanwhile.
        }
    }

    /// <summary>Flushes the names in a folder: entries that were made, renamed or removed there.</summary>
    public static void FlushEntries(string folder)
    {
        using var handle = Libc.OpenFolder(folder);
        RandomAccess.FlushToDisk(handle);
    }
}
