using System.Text;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>The objects of one data source, each with the name that its file gets.</summary>
internal sealed class JobInput
{
    private const int LongestName = 255;
    private const int Attempts = 5;

    private readonly ObjectStore objects;
    private readonly Func<IEnumerable<(StoredObject Stored, string Name)>> find;

    internal JobInput(
        ObjectStore objects,
        Func<IEnumerable<(StoredObject Stored, string Name)>> find,
        long count,
        bool isCopied
    ) => (this.objects, this.find, Count, IsCopied) = (objects, find, count, isCopied);

    public long Count { get; }

    /// <summary>
    /// True if the job gets copies, which it may change as on AWS; otherwise it gets hard links, which are read-only
    /// and cost nothing.
    /// </summary>
    public bool IsCopied { get; }

    /// <summary>Places the objects in a folder on the host.</summary>
    /// <param name="folder">Created if missing.</param>
    /// <param name="copy">
    /// True for copies: the job may write to its files, or no sandbox keeps it from doing so.
    /// </param>
    /// <param name="cancellationToken">Cancels the placing.</param>
    /// <exception cref="JobFailure">A key cannot be a file's name, or an object cannot be read.</exception>
    public void Place(string folder, bool copy, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var (stored, name) in find())
        {
            cancellationToken.ThrowIfCancellationRequested();
            PlaceOne(stored, FilePath(folder, name, stored), copy);
        }
    }

    private static string FilePath(string folder, string name, StoredObject stored)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (
            parts.Any(part =>
                part is "." or ".."
                || Encoding.UTF8.GetByteCount(part) > LongestName
                || part.Contains('\0', StringComparison.Ordinal)
            )
        )
        {
            throw new JobFailure(
                $"ClientError: Data download failed: the key of s3://{stored.Bucket}/{stored.Key} cannot be a file's name."
            );
        }

        return Path.Combine([folder, .. parts]);
    }

    private void PlaceOne(StoredObject stored, string target, bool copy)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                LinkOrCopy(stored.Path, target, copy);
                return;
            }
            catch (FileNotFoundException) when (attempt < Attempts)
            {
                // Replaced or deleted since it was listed.
                if (objects.Find(stored.Bucket, stored.Key) is not { } current)
                {
                    return;
                }

                stored = current;
            }
            catch (IOException exception)
            {
                throw new JobFailure(
                    $"ClientError: Data download failed: s3://{stored.Bucket}/{stored.Key}: {exception.Message}",
                    exception
                );
            }
        }
    }

    private static void LinkOrCopy(string source, string target, bool copy)
    {
        if (!copy)
        {
            try
            {
                Libc.HardLink(source, target);
                return;
            }
            catch (IOException exception) when (exception is not FileNotFoundException && !File.Exists(target))
            {
                // Another file system, or one without links: a copy works as well.
            }
        }

        File.Copy(source, target);
        File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserWrite);
    }
}
