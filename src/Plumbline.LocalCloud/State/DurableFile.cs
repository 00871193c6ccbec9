using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.State;

/// <summary>Replaces a file so that a crash or a power loss leaves it as it was, or as it shall be.</summary>
public static class DurableFile
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file beside it, flushes that, renames it into its place and flushes the name; mode 0600.</summary>
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

    /// <summary>Renames a file that is flushed already into its place, and flushes the name.</summary>
    internal static void MoveFlushed(string from, string path)
    {
        File.Move(from, path, overwrite: true);
        DurableFolder.FlushEntries(Path.GetDirectoryName(path)!);
    }
}
