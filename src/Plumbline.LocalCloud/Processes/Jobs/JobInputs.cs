using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>Puts S3's objects where a job finds them as files: as hard links, so that 10 GB cost nothing.</summary>
public sealed class JobInputs(ObjectStore objects)
{
    private const int LongestName = 255;
    private const int Attempts = 5;

    /// <summary>Whether there is anything below a prefix.</summary>
    public bool Any(S3Location prefix) => objects.List(prefix.Bucket, prefix.Key).Any();

    /// <summary>Places all objects of a data source in a folder.</summary>
    /// <param name="uri">The prefix, or the manifest that lists prefixes and names.</param>
    /// <param name="dataType">AWS's S3Prefix or ManifestFile.</param>
    /// <param name="folder">On the host.</param>
    /// <param name="copy">Copies, where the job may write to its files or no sandbox keeps it from doing so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many objects there were.</returns>
    /// <exception cref="JobFailure">A key cannot be a file's name, or the manifest is unreadable.</exception>
    public int Place(string uri, string dataType, string folder, bool copy, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var location = S3Location.Parse(uri);
        var found = dataType == "ManifestFile" ? Manifest(location) : Prefix(location);
        var count = 0;
        foreach (var (stored, name) in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PlaceOne(stored, FilePath(folder, name, stored), copy);
            count++;
        }

        return count;
    }

    /// <summary>
    /// The name of an object below its channel: what follows the prefix as a folder; for a prefix that ends within a
    /// name, and for a single object, what follows the last slash of the prefix.
    /// </summary>
    internal static string NameBelow(string prefix, string key)
    {
        if (prefix.Length == 0 || prefix.EndsWith('/'))
        {
            return key[prefix.Length..];
        }

        return key.Length > prefix.Length && key[prefix.Length] == '/'
            ? key[(prefix.Length + 1)..]
            : key[(prefix.LastIndexOf('/') + 1)..];
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

    private IEnumerable<(StoredObject Stored, string Name)> Prefix(S3Location prefix) =>
        from stored in objects.List(prefix.Bucket, prefix.Key)
        where !stored.Key.EndsWith('/')
        select (stored, NameBelow(prefix.Key, stored.Key));

    /// <summary>AWS's manifest: <c>[{"prefix": "s3://…/"}, "name", …]</c>.</summary>
    private IEnumerable<(StoredObject Stored, string Name)> Manifest(S3Location manifest)
    {
        foreach (var (prefix, name) in ReadManifest(manifest))
        {
            var location = S3Location.Parse(prefix + name);
            yield return objects.Find(location.Bucket, location.Key) is { } stored
                ? (stored, name)
                : throw new JobFailure(
                    $"ClientError: Data download failed: {location}, named in {manifest}, does not exist."
                );
        }
    }

    private List<(string Prefix, string Name)> ReadManifest(S3Location manifest)
    {
        var stored =
            objects.Find(manifest.Bucket, manifest.Key)
            ?? throw new JobFailure($"ClientError: Data download failed: the manifest {manifest} does not exist.");
        try
        {
            using var stream = File.OpenRead(stored.Path);
            var entries = JsonNode.Parse(stream)!.AsArray();
            var prefix = (string)entries[0]!["prefix"]!;
            return [.. entries.Skip(1).Select(entry => (prefix, (string)entry!))];
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or InvalidOperationException
                        or ArgumentOutOfRangeException
                        or NullReferenceException
            )
        {
            throw new JobFailure(
                $"ClientError: Data download failed: {manifest} is not a manifest file: {exception.Message}",
                exception
            );
        }
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
                NativeMethods.HardLink(source, target);
                return;
            }
            catch (IOException exception) when (exception is not FileNotFoundException && !File.Exists(target))
            {
                // Another file system, or one without links: a copy does as well.
            }
        }

        File.Copy(source, target);
        File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserWrite);
    }
}
