using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// Puts S3's objects where a job finds them as files: as copies, which it may change as on AWS, or, if they are large,
/// as read-only hard links, so that 10 GB cost nothing. It makes no S3 calls, but checks the rights of the job's role:
/// <see cref="ServiceAsks"/>.
/// </summary>
internal sealed class JobInputs(ObjectStore objects, ServiceRights rights, LocalCloudOptions options)
{
    /// <summary>True if an object exists below a prefix.</summary>
    public bool Any(S3Uri prefix) => objects.List(prefix.Bucket, prefix.Key).Any();

    /// <summary>Returns an object that a job downloads; null if it does not exist.</summary>
    /// <exception cref="JobFailure">The role may not read it.</exception>
    public StoredObject? Object(S3Uri location, Caller role)
    {
        RequireRead([location], role);
        return objects.Find(location.Bucket, location.Key);
    }

    /// <summary>Finds all objects of a data source.</summary>
    /// <param name="uri">The prefix, or the manifest that lists prefixes and names.</param>
    /// <param name="dataType">AWS's S3Prefix or ManifestFile.</param>
    /// <param name="role">A session of the job's role.</param>
    /// <exception cref="JobFailure">
    /// The role may not read it, the manifest is unreadable, or an object that it names does not exist.
    /// </exception>
    public JobInput Find(string uri, string dataType, Caller role)
    {
        var location = JobUri.Parse(uri);
        // There may be ten million objects, so they are looked up twice instead of being held.
        var (count, size) = (0L, 0L);
        RequireRead(Counted(), role);
        if (count == 0)
        {
            // For a role without limits, nothing was looked up yet.
            _ = Counted().Count();
        }

        return new JobInput(objects, Found, count, isCopied: size <= options.LargestCopiedInput);

        IEnumerable<(StoredObject Stored, string Name)> Found() =>
            dataType == S3DataType.ManifestFile ? Manifest(location, role) : Prefix(location, role);

        IEnumerable<S3Uri> Counted()
        {
            foreach (var (stored, _) in Found())
            {
                (count, size) = (count + 1, size + stored.Size);
                yield return new S3Uri(stored.Bucket, stored.Key);
            }
        }
    }

    /// <summary>
    /// Returns the name of an object below its channel: its key after the prefix, if that is a folder; its key after
    /// the prefix's last slash, if the prefix ends within a name or is the whole key.
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

    private IEnumerable<(StoredObject Stored, string Name)> Prefix(S3Uri prefix, Caller role)
    {
        var asked = new JsonObject { ["Prefix"] = prefix.Key };
        return rights.Missing(SageMakerAsks.ListInputs, role, S3Arn.OfBucket(prefix.Bucket), asked) is { } missing
            ? throw new JobFailure(
                $"ClientError: Data download failed: Failed to download data. ListObjectsV2 failed for {prefix} (AccessDenied: {missing.Message})"
            )
            : from stored in objects.List(prefix.Bucket, prefix.Key)
            where !stored.Key.EndsWith('/')
            select (stored, NameBelow(prefix.Key, stored.Key));
    }

    private void RequireRead(IEnumerable<S3Uri> locations, Caller role)
    {
        var arns = locations.Select(location => S3Arn.OfObject(location.Bucket, location.Key));
        if (rights.Missing(SageMakerAsks.ReadInputs, role, arns) is { } missing)
        {
            throw new JobFailure(
                $"ClientError: Data download failed: Unable to download object s3://{Arn.Parse(missing.Resource).Resource} (AccessDenied: {missing.Message})"
            );
        }
    }

    /// <summary>AWS's manifest: <c>[{"prefix": "s3://…/"}, "name", …]</c>.</summary>
    private IEnumerable<(StoredObject Stored, string Name)> Manifest(S3Uri manifest, Caller role)
    {
        foreach (var (prefix, name) in ReadManifest(manifest, role))
        {
            var location = JobUri.Parse(prefix + name);
            yield return objects.Find(location.Bucket, location.Key) is { } stored
                ? (stored, name)
                : throw new JobFailure(
                    $"ClientError: Data download failed: {location}, named in {manifest}, does not exist."
                );
        }
    }

    /// <summary>Reads the names one by one, since a manifest of ten million objects has hundreds of megabytes.</summary>
    private IEnumerable<(string Prefix, string Name)> ReadManifest(S3Uri manifest, Caller role)
    {
        var stored =
            Object(manifest, role)
            ?? throw new JobFailure($"ClientError: Data download failed: the manifest {manifest} does not exist.");
        using var stream = File.OpenRead(stored.Path);
        using var entries = JsonSerializer
            .DeserializeAsyncEnumerable<JsonElement>(stream)
            .ToBlockingEnumerable()
            .GetEnumerator();
        var prefix = Next(entries, manifest, entry => entry.GetProperty("prefix").GetString()!);
        if (prefix is null)
        {
            throw NotManifest(manifest, "it is empty: it begins with the prefix of its objects.", null);
        }

        while (Next(entries, manifest, entry => entry.GetString()!) is { } name)
        {
            yield return (prefix, name);
        }
    }

    /// <summary>Reads an entry of a manifest; null after the last.</summary>
    private static string? Next(IEnumerator<JsonElement> entries, S3Uri manifest, Func<JsonElement, string?> read)
    {
        try
        {
            return !entries.MoveNext() ? null
                : read(entries.Current) is { } text ? text
                : throw NotManifest(manifest, "an entry is null.", null);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw NotManifest(manifest, exception.Message, exception);
        }
    }

    private static JobFailure NotManifest(S3Uri manifest, string reason, Exception? cause) =>
        new($"ClientError: Data download failed: {manifest} is not a manifest file: {reason}", cause);
}
