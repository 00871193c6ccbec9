using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Records;

namespace Plumbline.Loop.Data;

/// <summary>
/// The parts of a listing in progress, in the loop's bucket. A listing that was killed continues after the last part that
/// it wrote, if it began a short time ago. A listing that came to its end leaves nothing to continue, so the next one sees
/// the objects as they are then.
/// </summary>
/// <param name="bucket">The loop's bucket.</param>
/// <param name="now">The time of this listing.</param>
public sealed class ListedParts(BucketClient bucket, DateTimeOffset now)
{
    /// <summary>The longest time from the begin of a listing to the run that continues it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    private readonly List<S3Uri> written = [];

    /// <summary>The objects in a part: a hundred requests of S3.</summary>
    public int PartObjects { get; init; } = 100_000;

    /// <summary>Returns the objects that an interrupted listing found, and then those after them.</summary>
    /// <param name="location">The prefix.</param>
    /// <param name="list">Lists the objects of the prefix after a key; all of them after null.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    internal async IAsyncEnumerable<ListedObject> ContinueAsync(
        S3Uri location,
        Func<string?, IAsyncEnumerable<S3Object>> list,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (begin, parts, count, after) = (new ListingBegin(Guid.NewGuid(), now), 0, 0L, (string?)null);
        while (await OpenAsync(location, parts, cancellationToken) is { } part)
        {
            var isNext = parts == 0 ? part.Begin.IsOpen && now - part.Begin.Time < Longest : part.Begin == begin;
            if (!isNext)
            {
                break;
            }

            (begin, parts) = (part.Begin, parts + 1);
            foreach (var line in part.Lines)
            {
                var known = RecordJson.Read<ListedObject>(line, location.ToString());
                (after, count) = (known.Key, count + 1);
                yield return known;
            }
        }

        if (count > 0)
        {
            written.Add(location);
            await Console.Error.WriteLineAsync(
                $"An interrupted listing found {Plural.Of(count, "object", "objects")} below {location}; this one continues after them."
            );
        }

        var lines = new StringBuilder();
        var pending = 0;
        await foreach (var item in list(after).WithCancellation(cancellationToken))
        {
            var found = new ListedObject(item.Key, item.Size ?? 0, item.ETag);
            yield return found;
            lines.Append(RecordJson.Write(found)).Append('\n');
            if (++pending < PartObjects)
            {
                continue;
            }

            await WriteAsync(location, parts++, begin, lines.ToString(), cancellationToken);
            (lines, pending) = (lines.Clear(), 0);
        }
    }

    /// <summary>Ends the listing of all prefixes: the next one begins again.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var location in written.Distinct().ToList())
        {
            await WriteAsync(location, 0, new ListingBegin(Guid.Empty, now), "", cancellationToken);
        }

        written.Clear();
    }

    private async Task<(ListingBegin Begin, IEnumerable<string> Lines)?> OpenAsync(
        S3Uri location,
        int part,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var key = Layout.ListingPart(location.ToString(), part);
            return await bucket.FindTextAsync(key, cancellationToken) is { } text
                ? (
                    RecordJson.Read<ListingBegin>(text[..text.IndexOf('\n', StringComparison.Ordinal)], key),
                    text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                )
                : null;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            // A role that an administrator made before has no such right: the listing begins again.
            return null;
        }
    }

    private async Task WriteAsync(
        S3Uri location,
        int part,
        ListingBegin begin,
        string lines,
        CancellationToken cancellationToken
    )
    {
        written.Add(location);
        await bucket.PutTextAsync(
            Layout.ListingPart(location.ToString(), part),
            $"{RecordJson.Write(begin)}\n{lines}",
            cancellationToken
        );
    }

    /// <summary>The first line of each part.</summary>
    /// <param name="Id">The same in all parts of one listing; empty if it came to its end.</param>
    /// <param name="Time">The time at which the listing began.</param>
    private sealed record ListingBegin(Guid Id, DateTimeOffset Time)
    {
        public bool IsOpen => Id != Guid.Empty;
    }
}

/// <summary>An object of a listing.</summary>
/// <param name="Key">Its key in the bucket.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">With the quotes that it has on the wire.</param>
internal sealed record ListedObject(string Key, long Size, string ETag);
