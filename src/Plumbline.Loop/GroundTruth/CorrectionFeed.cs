using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>A file of corrections.</summary>
/// <param name="Key">Its key in the loop's bucket.</param>
/// <param name="Corrections">In the order in which they were made.</param>
/// <param name="SetAside">The invalid lines.</param>
public sealed record CorrectionFile(string Key, IReadOnlyList<Correction> Corrections, SetAside SetAside);

/// <summary>
/// Reads each file of the correction log once. Answers are stored under the hour of writing, and two writers in one
/// hour may finish in any order: the newest hours are listed again, and known files are skipped. The intake of
/// delivered labels writes into any hour and then <see cref="Layout.Intake"/>: if that has changed, and at first,
/// everything is listed.
/// </summary>
/// <param name="bucket">The loop's bucket.</param>
/// <param name="read">The keys of files that an earlier feed returned.</param>
public sealed class CorrectionFeed(BucketClient bucket, IEnumerable<string> read)
{
    // The files of a page are read in parallel, and are in memory together.
    private const int PageSize = 256;

    private readonly HashSet<string> known = [.. read];
    private string? from;
    private string? intake;

    /// <summary>The new files since the last call, by key. A file that the caller did not reach comes again.</summary>
    public async IAsyncEnumerable<CorrectionFile> NextAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // Before the listing: an intake that ends meanwhile is listed the next time.
        var taken = (await bucket.FindVersionAsync(Layout.Intake, cancellationToken))?.ETag;
        string? newest = null;
        await foreach (var page in ListAsync(taken == intake ? from : null, cancellationToken).Chunk(PageSize))
        {
            newest = page[^1].Key;
            string[] fresh = [.. page.Select(item => item.Key).Where(key => !known.Contains(key))];
            var texts = await bucket.TextsAsync(fresh, cancellationToken);
            foreach (var (key, text) in fresh.Zip(texts))
            {
                yield return Read(key, text ?? "");
                known.Add(key);
            }
        }

        (from, intake) = (Layout.HourBefore(Layout.Corrections, newest) ?? from, taken);
    }

    /// <summary>The files of corrections, in the order of their keys, without other objects.</summary>
    private IAsyncEnumerable<S3Object> ListAsync(string? after, CancellationToken cancellationToken) =>
        bucket
            .ListAsync(Layout.Corrections, after, cancellationToken)
            .Where(item => item.Key.EndsWith(Layout.Lines, StringComparison.Ordinal));

    private static CorrectionFile Read(string key, string text)
    {
        var aside = new SetAside();
        return new CorrectionFile(key, CorrectionLog.Read(text.Split('\n'), key, aside), aside);
    }
}
