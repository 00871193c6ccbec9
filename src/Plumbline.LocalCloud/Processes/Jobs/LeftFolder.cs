using System.IO.Enumeration;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// A folder that a program left, whose files are to be stored. The program may have replaced it, or a folder above it,
/// by a link, so each lookup starts at the folder that the program cannot move.
/// </summary>
/// <param name="Root">The folder that the program was given.</param>
/// <param name="Below">The path from there.</param>
/// <param name="Most">The most bytes of all its files together; holes count, because they are stored as zeros.</param>
internal sealed record LeftFolder(string Root, string Below, long Most)
{
    private static readonly EnumerationOptions All = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>The maximum number of files: their names are held in memory.</summary>
    public int MostFiles { get; init; } = 1_000_000;

    /// <summary>Lists all files by their paths from the folder, sorted; empty if it is not a folder.</summary>
    /// <exception cref="LeftFileException">The files are too many, or too large.</exception>
    public IReadOnlyList<string> Names()
    {
        var folder = Path.Combine(Root, Below);
        if (!JobFiles.IsThere(Root, Below))
        {
            return [];
        }

        long bytes = 0;
        var names = new List<string>();
        foreach (var (path, length) in Files(folder))
        {
            bytes += length;
            names.Add(Path.GetRelativePath(folder, path));
            if (names.Count > MostFiles)
            {
                throw new LeftFileException(
                    $"{Below} has more than {MostFiles} files: put many small ones into one, such as a tar file"
                );
            }

            if (bytes > Most)
            {
                throw new LeftFileException(
                    $"the files in {Below} have more than the {Most} bytes of VolumeSizeInGB, and holes in files are stored as zeros: raise it, or write less"
                );
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>Opens a file; null if it is not an ordinary file there any more.</summary>
    public FileStream? TryOpen(string name) => JobFiles.TryOpen(Root, Path.Combine(Below, name));

    private static FileSystemEnumerable<(string Path, long Length)> Files(string folder) =>
        new(folder, (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.Length), All)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        };
}
