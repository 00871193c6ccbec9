using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Sources;

namespace Plumbline.Jobs.Prepare;

/// <summary>
/// Reads each content in S3 that the list of base data names: checks that a program can decode it, and pins it by its hash.
/// The content stays where it is. A content that was read before, and has the ETag that it had then, is not read again.
/// </summary>
internal sealed class ContentInput(IAmazonS3 s3, ContentPins pins, bool hasSplitKey, Action<BaseProgress> progress)
{
    private const int AtOnce = 8;
    private const int Batch = 256;

    /// <summary>SageMaker takes no larger body, so no endpoint could be asked about a larger content.</summary>
    public const long LargestContent = 25 * 1024 * 1024;

    private readonly ContentProblems problems = new();
    private long count;
    private long read;

    /// <summary>The number of contents that were read, and not known.</summary>
    public long Read => read;

    /// <summary>Writes the list with the hash of each content.</summary>
    /// <param name="list">The list of base data.</param>
    /// <param name="pinned">The file to write.</param>
    /// <param name="stop">Ends it; what was read until then is known to the next run.</param>
    /// <returns>The manifests that the list begins with; null if there are none.</returns>
    /// <exception cref="UserError">Contents cannot be used; the message names up to ten.</exception>
    public async Task<IReadOnlyList<SourceObject>?> PinAsync(string list, string pinned, CancellationToken stop)
    {
        var manifests = new List<SourceObject>();
        await using var into = new FileStream(pinned, FileMode.Create, FileAccess.Write, FileShare.Read, 256 * 1024);
        try
        {
            foreach (var lines in Examples(list, manifests).Chunk(Batch))
            {
                await PinBatchAsync(lines, into, stop);
                // Reading on would cost hours, to count what the message does not name.
                if (problems.Count >= ContentProblems.Most)
                    break;
            }
        }
        finally
        {
            // Also after a problem: the next run does not read again what is in order.
            await pins.WriteAsync(CancellationToken.None);
        }
        problems.Throw();
        return manifests.Count > 0 ? manifests : null;
    }

    private static IEnumerable<Example> Examples(string list, List<SourceObject> manifests)
    {
        foreach (var (i, line) in File.ReadLines(list).Index())
        {
            var place = $"{Path.GetFileName(list)}:{i + 1}";
            if (line.StartsWith("{\"uri\":", StringComparison.Ordinal))
                manifests.Add(RecordJson.Read<SourceObject>(line, place));
            else
                yield return RecordJson.Read<Example>(line, place);
        }
    }

    private async Task PinBatchAsync(Example[] batch, FileStream into, CancellationToken stop)
    {
        var found = new (ContentPin? Pin, bool IsNew, string? Problem)[batch.Length];
        await Parallel.ForAsync(
            0,
            batch.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (i, cancel) => found[i] = batch[i].IsRead ? default : await PinAsync(batch[i], cancel)
        );
        foreach (var (example, (pin, _, problem)) in batch.Zip(found))
        {
            if (problem is not null)
                problems.Add(PlaceOf(example), problem);
            else
                into.Write(Pinned(example, pin).ToBytes());
        }
        await pins.AddAsync(found.Where(one => one.IsNew).Select(one => one.Pin!), stop);
        count += batch.Length;
        progress(new BaseProgress(count, 1, 1));
    }

    private Example Pinned(Example example, ContentPin? pin) =>
        pin is null
            ? example
            : example with
            {
                Content = example.Content with { Sha256 = pin.Sha256, Size = pin.Size },
                Key = hasSplitKey ? example.Key : pin.Sha256,
                ETag = pin.ETag,
                VersionId = pin.VersionId,
            };

    /// <summary>The line of a manifest and the object, or the object alone.</summary>
    private static string PlaceOf(Example example) =>
        example.Id == example.SourceRef ? example.Id : $"{example.Id}: {example.SourceRef}";

    private async Task<(ContentPin? Pin, bool IsNew, string? Problem)> PinAsync(Example example, CancellationToken stop)
    {
        var uri = S3Uri.TryParseObject(example.SourceRef)!;
        var known = pins.Find(example.SourceRef!);
        try
        {
            // A line of a manifest does not say which content the object has.
            var etag = example.ETag ?? (known is null ? null : await ETagAsync(uri, stop));
            if (known is not null && known.ETag == etag)
                return (known, false, null);
            var (pin, problem) = await ReadAsync(example, uri, etag, stop);
            return (pin, pin is not null, problem);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return (null, false, "is empty (0 bytes)");
        }
        catch (AmazonS3Exception e) when (e is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
        {
            return (null, false, "the object is gone: remove it from the base data, or write it again");
        }
        catch (AmazonS3Exception e) when (PinnedObject.Explain(e, uri.Bucket) is { } why)
        {
            return (null, false, why);
        }
    }

    private async Task<string> ETagAsync(S3Uri uri, CancellationToken stop)
    {
        var answer = await s3.GetObjectMetadataAsync(uri.Bucket, uri.Key, stop);
        return answer.ETag;
    }

    private async Task<(ContentPin? Pin, string? Problem)> ReadAsync(
        Example example,
        S3Uri uri,
        string? etag,
        CancellationToken stop
    )
    {
        var request = new GetObjectRequest
        {
            BucketName = uri.Bucket,
            Key = uri.Key,
            EtagToMatch = etag,
            // With a range, the SDK does not compute checksums of its own (see ObjectStreams).
            ByteRange = new ByteRange("bytes=0-"),
        };
        using var answer = await s3.GetObjectAsync(request, stop);
        if (answer.ContentLength > LargestContent)
            return (null, $"is larger than {LargestContent / 1024 / 1024} MiB, the most that an endpoint takes");
        var bytes = new byte[answer.ContentLength];
        await answer.ResponseStream.ReadExactlyAsync(bytes, stop);
        Interlocked.Increment(ref read);
        if (ContentCheck.ProblemOf(bytes, example.Content.Type) is { } problem)
            return (null, problem);
        var content = Content.Of(bytes, example.Content.Type);
        var version = answer.VersionId is { Length: > 0 } id && id != "null" ? id : null;
        return (
            new ContentPin(example.SourceRef!, answer.ETag, content.Size, content.Sha256) { VersionId = version },
            null
        );
    }
}
