using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Sources;

namespace Plumbline.Jobs.Prepare;

/// <summary>
/// The base data of a data set version: the one CSV that the job got, or the objects in S3 that its list names. Each object
/// is downloaded when its rows are read, and checked against its pin before the first row is used. It is kept until the
/// next one is needed, so that the disk holds one object at a time.
/// </summary>
internal sealed class BaseInput
{
    private readonly BucketClient own;
    private readonly IAmazonS3 s3;
    private readonly string scratch;
    private readonly CancellationToken stop;
    private readonly Dictionary<string, string> hashes = new(StringComparer.Ordinal);
    private SourceObject? kept;

    private BaseInput(BucketClient own, IAmazonS3 s3, string scratch, CancellationToken stop) =>
        (this.own, this.s3, this.scratch, this.stop) = (own, s3, scratch, stop);

    /// <summary>The one file of the job's input.</summary>
    /// <exception cref="UserError">The input is not one file.</exception>
    public static string FileIn(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        return files is [var file]
            ? file
            : throw new UserError(
                "input base",
                $"must be one file, a CSV or a list of objects; there are {files.Length}"
            );
    }

    /// <param name="file">The one file of the job's input.</param>
    /// <param name="own">The loop's bucket.</param>
    /// <param name="s3">Reads other buckets.</param>
    /// <param name="scratch">A folder for the downloads.</param>
    /// <param name="stop">Ends a download.</param>
    public static BaseFiles Open(string file, BucketClient own, IAmazonS3 s3, string scratch, CancellationToken stop)
    {
        if (!file.EndsWith(Layout.Lines, StringComparison.Ordinal))
            return BaseFiles.Open(file);
        var input = new BaseInput(own, s3, scratch, stop);
        var objects = SourceObject.ReadList(File.ReadAllText(file), Path.GetFileName(file));
        return new BaseFiles([.. objects.Select(input.FileOf)]);
    }

    private BaseFile FileOf(SourceObject listed)
    {
        var one = S3Uri.IsS3(listed.Uri) ? listed : listed with { Uri = own.UriOf(listed.Uri) };
        return new BaseFile(one.Uri, one.Format, () => Open(one)) { Scratch = scratch };
    }

    private (Stream, SourceObject?) Open(SourceObject one)
    {
        var path = Path.Combine(scratch, "object");
        if (kept?.Uri != one.Uri)
        {
            kept = null;
            Directory.CreateDirectory(scratch);
            File.Delete(path);
            kept = Download(one, path);
        }
        return (new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0), kept);
    }

    private SourceObject Download(SourceObject one, string path)
    {
        var uri = S3Uri.TryParseObject(one.Uri) ?? throw new UserError(one.Uri, "is not the S3 URI of an object");
        try
        {
            var pinned = new PinnedObject(s3, uri, one.ETag, one.Size);
            var (hash, version) = pinned.DownloadAsync(path, stop).GetAwaiter().GetResult();
            // With split: time, the objects are read twice.
            return hashes.TryAdd(one.Uri, hash) || hashes[one.Uri] == hash
                ? one with
                {
                    Sha256 = hash,
                    VersionId = version,
                }
                : throw new UserError(one.Uri, "has other bytes than before under the same ETag");
        }
        catch (AmazonS3Exception e) when (PinnedObject.Explain(e, uri.Bucket) is { } why)
        {
            throw new UserError(one.Uri, why);
        }
    }
}
