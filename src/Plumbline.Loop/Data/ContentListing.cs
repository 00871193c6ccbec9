using System.IO.Compression;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Data;

/// <summary>
/// Lists the images and texts of the base data: those in the project's folder with their hashes, those in S3 by key and
/// ETag. Nothing in S3 is read but manifests, and memory does not grow with the number of objects.
/// </summary>
public static class ContentListing
{
    private const int ReportEvery = 100_000;

    private static readonly string[] ManifestNames = [".manifest", ".jsonl", ".ndjson"];

    /// <summary>Lists the examples of all locations.</summary>
    /// <param name="folder">The project.</param>
    /// <param name="s3">Lists objects; called only if a location is in S3.</param>
    /// <param name="into">Gets the examples, and the problems.</param>
    /// <param name="manifest">Gets each manifest in S3, before any example.</param>
    /// <param name="parts">Keeps parts of the listing, so that it can continue after a kill; null for a check.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="UserError">A location is missing or may not be read.</exception>
    public static async Task ReadAsync(
        ProjectFolder folder,
        Func<IAmazonS3> s3,
        ContentCollector into,
        Action<SourceObject> manifest,
        ListedParts? parts,
        CancellationToken cancellationToken
    )
    {
        var project = folder.Description;
        if (project.Data.InS3().Count == 0)
        {
            BaseContents.Read(project, folder.Root, into);
            return;
        }

        if (project.Data.Format == SourceFormat.Folders)
        {
            foreach (var prefix in project.Data.ContentPrefixes())
            {
                await ReadFolderAsync(s3(), prefix, into, parts, cancellationToken);
            }

            await (parts?.EndAsync(cancellationToken) ?? Task.CompletedTask);

            return;
        }

        var manifests = new List<SourceObject>();
        foreach (var location in project.Data.InS3())
        {
            await foreach (var one in ManifestsAsync(s3(), location, cancellationToken))
            {
                if (manifests.All(other => other.Uri != one.Uri))
                {
                    manifests.Add(one);
                }
            }
        }

        manifests.Sort(SourceObject.ByUri);
        manifests.ForEach(manifest);
        foreach (var one in manifests)
        {
            await ReadManifestAsync(s3(), project, one, into, cancellationToken);
        }
    }

    private static async Task ReadFolderAsync(
        IAmazonS3 s3,
        S3Uri prefix,
        ContentCollector into,
        ListedParts? parts,
        CancellationToken cancellationToken
    )
    {
        IAsyncEnumerable<S3Object> List(string? after) => ItemsAsync(s3, prefix, after, cancellationToken);
        var items =
            parts?.ContinueAsync(prefix, List, cancellationToken)
            ?? List(null).Select(item => new ListedObject(item.Key, item.Size ?? 0, item.ETag));
        var count = 0;
        await foreach (var item in items)
        {
            ContentFolders.Add(prefix, item.Key, (item.Size, item.ETag), into);
            if (++count % ReportEvery == 0)
            {
                await Console.Error.WriteLineAsync($"{count} objects below {prefix} listed.");
            }
        }

        if (count == 0)
        {
            throw new UserError(prefix.ToString(), "has no object below it");
        }
    }

    private static async IAsyncEnumerable<SourceObject> ManifestsAsync(
        IAmazonS3 s3,
        S3Uri location,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var found = false;
        await foreach (var item in ItemsAsync(s3, location, after: null, cancellationToken))
        {
            var isNamed = item.Key == location.Key;
            if (item.Key.EndsWith('/') || !(isNamed || IsManifest(item.Key)))
            {
                continue;
            }

            var uri = new S3Uri(location.Bucket, item.Key).ToString();
            if (item.Size is not > 0)
            {
                throw new UserError(uri, "the manifest is empty (0 bytes): remove it, or write it again");
            }

            found = true;
            yield return new SourceObject(uri, SourceFormat.Manifest, item.Size.Value, item.ETag);
            if (isNamed)
            {
                yield break;
            }
        }

        if (!found)
        {
            throw new UserError(
                location.ToString(),
                $"is not a manifest, and has none below it; the names of manifests end in {string.Join(", ", ManifestNames)} (each may end in .gz)"
            );
        }
    }

    /// <summary>False also for the other files that SageMaker Ground Truth and programs write beside manifests.</summary>
    private static bool IsManifest(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        var plain = FileNames.IsGzipped(name) ? name[..^".gz".Length] : name;
        return name[0] is not ('_' or '.')
            && Array.Exists(ManifestNames, end => plain.EndsWith(end, StringComparison.OrdinalIgnoreCase));
    }

    private static async IAsyncEnumerable<S3Object> ItemsAsync(
        IAmazonS3 s3,
        S3Uri location,
        string? after,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var items = new BucketClient(s3, location.Bucket)
            .ListAsync(location.Key, after, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (AmazonS3Exception e) when (PinnedObject.Explain(e, location.Bucket) is { } why)
            {
                throw new UserError(location.ToString(), why);
            }

            yield return items.Current;
        }
    }

    private static async Task ReadManifestAsync(
        IAmazonS3 s3,
        ProjectDescription project,
        SourceObject manifest,
        ContentCollector into,
        CancellationToken cancellationToken
    )
    {
        var uri = S3Uri.TryParse(manifest.Uri)!;
        var path = Path.Combine(Path.GetTempPath(), $"plumbline-manifest-{Guid.NewGuid():N}");
        try
        {
            await new PinnedObject(s3, uri, manifest.ETag, manifest.Size).DownloadAsync(path, cancellationToken);
            await using var file = File.OpenRead(path);
            await using Stream content = FileNames.IsGzipped(uri.Key)
                ? new GZipStream(file, CompressionMode.Decompress)
                : file;
            ContentLines.Read(project, root: null, manifest.Uri, Lines(content), into);
        }
        catch (AmazonS3Exception e) when (PinnedObject.Explain(e, uri.Bucket) is { } why)
        {
            throw new UserError(manifest.Uri, why);
        }
        catch (InvalidDataException)
        {
            throw new UserError(manifest.Uri, "is damaged: it is not a complete gzip file");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<string> Lines(Stream content)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
