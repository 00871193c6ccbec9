using System.Formats.Tar;
using System.IO.Compression;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// Unpacks a tar.gz of a model or of code into a folder, and never outside it: names are checked before anything is
/// written, and links are made last, in folders that are real by then, so that nothing is written through a link.
/// </summary>
internal sealed class ArchiveReader(string folder)
{
    /// <summary>
    /// Any archive may unpack to this many bytes; a larger one to <see cref="MostShrunk"/> times its size, more than
    /// real data ever shrinks.
    /// </summary>
    private const long AlwaysAllowed = 512L * 1024 * 1024;
    private const long MostShrunk = 100;

    /// <summary>Counted for each entry: even an empty one costs the disk a block and the folder a name.</summary>
    private const long EntryCost = 4096;

    private readonly string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
    private readonly List<(string Path, string Target)> links = [];

    /// <summary>Unpacks the archive at <paramref name="path"/>.</summary>
    /// <exception cref="InvalidDataException">
    /// It is not an archive, is truncated, has a path outside the folder, or unpacks to far too many bytes.
    /// </exception>
    /// <exception cref="IOException">The disk is full, or the archive is missing.</exception>
    public async Task UnpackAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        await using var content = new BoundedStream(gzip, Math.Max(AlwaysAllowed, MostShrunk * file.Length));
        try
        {
            await using var archive = new TarReader(content);
            while (await archive.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                content.Take(EntryCost);
                await UnpackAsync(entry, cancellationToken);
            }

            // Reads on to the end of the file, because only there a wrong checksum is found; these bytes count too.
            await content.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }

        links.ForEach(link => Directory.CreateDirectory(Path.GetDirectoryName(link.Path)!));
        links.ForEach(MakeLink);
    }

    private async Task UnpackAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        // "./" and, in archives that the SageMaker SDK repacks, "/" are the folder itself.
        var target = entry.Name.Trim('/') is "" or "." ? root : Inside(entry.Name, root, entry.Name);
        if (target.Length <= root.Length)
        {
            return;
        }

        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(target);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                await WriteAsync(entry, target, cancellationToken);
                break;
            case TarEntryType.HardLink:
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(Inside(entry.LinkName, root, entry.Name), target, overwrite: true);
                break;
            case TarEntryType.SymbolicLink:
                links.Add((target, entry.LinkName));
                break;
            case TarEntryType.GlobalExtendedAttributes:
                break;
            default:
                throw new InvalidDataException($"'{entry.Name}' is neither a file nor a folder nor a link.");
        }
    }

    private static async Task WriteAsync(TarEntry entry, string target, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using (var output = File.Create(target))
        {
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(output, cancellationToken);
            }
        }

        const UnixFileMode Permissions = (UnixFileMode)0x1FF;
        File.SetUnixFileMode(target, (entry.Mode & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void MakeLink((string Path, string Target) link)
    {
        Inside(link.Target, Path.GetDirectoryName(link.Path)!, Path.GetRelativePath(root, link.Path));
        File.CreateSymbolicLink(link.Path, link.Target);
    }

    private string Inside(string name, string from, string entry)
    {
        var target = name.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(Path.Combine(from, name));
        return (target + Path.DirectorySeparatorChar).StartsWith(root, StringComparison.Ordinal)
            ? target.TrimEnd(Path.DirectorySeparatorChar)
            : throw new InvalidDataException($"'{entry}' would leave the folder that the archive is unpacked in.");
    }
}
