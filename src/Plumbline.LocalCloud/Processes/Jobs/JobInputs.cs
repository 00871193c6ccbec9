using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// Puts S3's objects where a job finds them as files: as copies, which it may change as on AWS, and where they are large
/// as read-only hard links, so that 10 GB cost nothing.
/// </summary>
public sealed class JobInputs(ObjectStore objects, LocalCloudOptions options)
{
    private const long LargestManifest = 16L * 1024 * 1024;

    /// <summary>True where there is anything below a prefix.</summary>
    public bool Any(S3Location prefix) => objects.List(prefix.Bucket, prefix.Key).Any();

    /// <summary>Finds all objects of a data source.</summary>
    /// <param name="uri">The prefix, or the manifest that lists prefixes and names.</param>
    /// <param name="dataType">AWS's S3Prefix or ManifestFile.</param>
    /// <exception cref="JobFailure">The manifest is unreadable, or an object that it names does not exist.</exception>
    public JobInput Find(string uri, string dataType)
    {
        var location = S3Location.Parse(uri);
        var found = dataType == "ManifestFile" ? Manifest(location) : Prefix(location);
        return new JobInput(objects, [.. found], options.LargestCopiedInput);
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
        if (stored.Size > LargestManifest)
        {
            throw new JobFailure(
                $"ClientError: Data download failed: {manifest} is not a manifest file: it has more than {LargestManifest} bytes."
            );
        }

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
                        or FormatException
            )
        {
            throw new JobFailure(
                $"ClientError: Data download failed: {manifest} is not a manifest file: {exception.Message}",
                exception
            );
        }
    }
}
