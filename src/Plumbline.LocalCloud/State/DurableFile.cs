namespace Plumbline.LocalCloud.State;

/// <summary>Replaces a file so that after a crash or a power loss it has its old or its new content.</summary>
public static class DurableFile
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes and flushes a new file, renames it to the path and flushes the folder; mode 0600.</summary>
    public static void Replace(string path, string text)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OnlyOwner,
        };
        try
        {
            using (var writer = new StreamWriter(beside, options))
            {
                writer.Write(text);
                writer.Flush();
                ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
            }

            MoveFlushed(beside, path);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Renames a file, whose content is already flushed, and flushes the folder.</summary>
    internal static void MoveFlushed(string from, string path)
    {
        File.Move(from, path, overwrite: true);
        DurableFolder.FlushEntries(Path.GetDirectoryName(path)!);
    }
}
