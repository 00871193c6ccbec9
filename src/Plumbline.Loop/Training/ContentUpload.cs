using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Loop.Data;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.Training;

/// <summary>
/// A project's images and texts: their list, and those of the project's own that the loop's bucket needs. Content in S3
/// stays where it is.
/// </summary>
internal sealed class ContentUpload : IDisposable
{
    private const int AtOnce = 8;
    private const int ReportEvery = 1000;

    private const string Marker =
        "The images and texts of this project, each under its SHA-256. Data set versions and corrections refer to them.\n";

    private readonly FileStream list;
    private readonly List<BaseContent> own;

    private readonly List<SourceObject> manifests;
    private readonly bool isListed;
    private readonly bool hasPrefixes;

    private ContentUpload(
        FileStream list,
        List<BaseContent> own,
        List<SourceObject> manifests,
        DataDescription data,
        string key
    )
    {
        (this.list, this.own, this.manifests, Key) = (list, own, manifests, key);
        (isListed, hasPrefixes) = (data.InS3().Count > 0, data.ContentPrefixes().Count > 0);
    }

    /// <summary>The key of the list; it contains the list's hash.</summary>
    public string Key { get; }

    /// <exception cref="UserError">A content cannot be used, or a location in S3 may not be read.</exception>
    public static async Task<ContentUpload> OfAsync(
        ProjectFolder folder,
        IAmazonS3? s3,
        ListedParts? parts,
        CancellationToken cancellationToken
    )
    {
        // Ten million objects have a list of three gigabytes, which waits on the disk.
        var list = new FileStream(
            Path.Combine(Path.GetTempPath(), $"plumbline-list-{Guid.NewGuid():N}{Layout.Lines}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Read,
            bufferSize: 256 * 1024,
            FileOptions.DeleteOnClose
        );
        try
        {
            var (own, manifests) = (new List<BaseContent>(), new List<SourceObject>());
            var collector = new ContentCollector(
                folder.Description,
                one =>
                {
                    list.Write(one.Example.ToBytes());
                    if (!one.IsInS3)
                    {
                        own.Add(one);
                    }
                }
            );
            await ContentListing.ReadAsync(
                folder,
                () => s3 ?? throw new InvalidOperationException("The base data is in S3: a client is needed."),
                collector,
                manifest =>
                {
                    list.Write(Encoding.UTF8.GetBytes(SourceObject.WriteList([manifest])));
                    manifests.Add(manifest);
                },
                parts,
                cancellationToken
            );
            collector.Finish();
            await list.FlushAsync(cancellationToken);
            list.Position = 0;
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(list, cancellationToken));
            return new ContentUpload(list, own, manifests, folder.Description.Data, Layout.BaseObjects(hash));
        }
        catch
        {
            await list.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The objects that the base data is of, in the order of their URIs: the manifests, or else the contents. Null if the
    /// base data is in the project's folder.
    /// </summary>
    public IEnumerable<SourceObject>? Objects() =>
        !isListed ? null
        : manifests.Count > 0 ? manifests
        : Example
            .ReadFile(list.Name)
            .Select(one => new SourceObject(one.SourceRef!, SourceFormat.Folders, one.Content.Size, one.ETag!));

    /// <summary>
    /// Uploads what the bucket does not have. Each content has its hash as its key, so an upload that was cut off
    /// continues where it ended. The list comes last: where it is, all its contents are.
    /// </summary>
    public async Task UploadAsync(BucketClient bucket, CancellationToken cancellationToken)
    {
        if (hasPrefixes)
        {
            await bucket.TryAddTextAsync(Layout.ContentsMarker, Marker, cancellationToken);
        }

        if (own.Count > 0)
        {
            await UploadContentsAsync(bucket, cancellationToken);
        }

        await bucket.TryAddFileAsync(Key, list.Name, "application/jsonlines", cancellationToken);
    }

    public void Dispose() => list.Dispose();

    private async Task UploadContentsAsync(BucketClient bucket, CancellationToken cancellationToken)
    {
        var known = await bucket
            .ListAsync(Layout.Contents, cancellationToken: cancellationToken)
            .Select(item => item.Key)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        var missing = own.DistinctBy(one => one.Example.Content.Key)
            .Where(one => !known.Contains(one.Example.Content.Key))
            .ToList();
        var done = 0;
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (one, cancel) =>
            {
                var content = one.Example.Content;
                await bucket.PutContentAsync(content.Key, one.Open(), content.Type, cancel);
                if (
                    Interlocked.Increment(ref done) is var count
                    && (count % ReportEvery == 0 || count == missing.Count)
                )
                {
                    await Console.Error.WriteLineAsync(
                        $"{count} of {Plural.Of(missing.Count, "new content", "new contents")} uploaded."
                    );
                }
            }
        );
    }
}
