using System.Formats.Tar;
using System.IO.Compression;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>The <c>tar.gz</c> archives of the container contract.</summary>
internal static class JobArchive
{
    /// <summary>Packs the files below a folder; false if it has no files.</summary>
    public static async Task<bool> TryPackAsync(LeftFolder folder, string archive, CancellationToken cancellationToken)
    {
        var names = folder.Names();
        if (names.Count == 0)
        {
            return false;
        }

        await using var file = File.Create(archive);
        await using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        await using var tar = new TarWriter(compressed, TarEntryFormat.Pax);
        foreach (var name in names)
        {
            await using var content = folder.TryOpen(name);
            if (content is not null)
            {
                var entry = new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = content,
                    ModificationTime = File.GetLastWriteTimeUtc(content.SafeFileHandle),
                    Mode =
                        UnixFileMode.UserRead
                        | UnixFileMode.UserWrite
                        | UnixFileMode.GroupRead
                        | UnixFileMode.OtherRead,
                };
                await tar.WriteEntryAsync(entry, cancellationToken);
            }
        }

        return true;
    }

    /// <summary>Unpacks an archive into a folder, and nowhere else.</summary>
    /// <exception cref="JobFailure">It is damaged, or one of its paths leads out of the folder.</exception>
    public static async Task UnpackAsync(
        string archive,
        string folder,
        string shownAs,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(folder);
        try
        {
            await new ArchiveReader(folder).UnpackAsync(archive, cancellationToken);
        }
        catch (Exception exception)
            when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new JobFailure($"ClientError: {shownAs} cannot be unpacked: {exception.Message}", exception);
        }
    }
}
