using Amazon.S3.Model;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>A file of corrections.</summary>
/// <param name="Key">Its key in the loop's bucket.</param>
/// <param name="Corrections">In the order in which they were made.</param>
/// <param name="SetAside">Lines that are not corrections.</param>
public sealed record CorrectionFile(string Key, IReadOnlyList<Correction> Corrections, SetAside SetAside);

/// <summary>
/// The correction log, each file once. People's answers lie under the hour in which they are written, and two writers in the
/// same hour finish in any order: the newest hours are listed again, and known files are skipped. The intake of delivered
/// labels writes into any hour, and <see cref="Layout.Intake"/> after it: everything is listed where that changed, and at first.
/// </summary>
/// <param name="bucket">The loop's bucket.</param>
/// <param name="read">Keys of files that an earlier feed gave out.</param>
public sealed class CorrectionFeed(LoopBucket bucket, IEnumerable<string> read)
{
    private readonly HashSet<string> known = [.. read];
    private string? from;
    private string? intake;

    /// <summary>The files since the last call, in the order of their keys. One that was not taken comes again.</summary>
    public async IAsyncEnumerable<CorrectionFile> NextAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // Before the listing: an intake that ends meanwhile is listed the next time.
        var taken = (await bucket.FindVersionAsync(Layout.Intake, cancellationToken))?.ETag;
        string? newest = null;
        await foreach (var item in ListAsync(taken == intake ? from : null, cancellationToken))
        {
            newest = item.Key;
            if (!known.Contains(item.Key))
            {
                yield return await ReadAsync(item.Key, cancellationToken);
                known.Add(item.Key);
            }
        }

        (from, intake) = (Layout.HourBefore(Layout.Corrections, newest) ?? from, taken);
    }

    /// <summary>The files, in the order of their keys; other objects beside them are left out.</summary>
    private IAsyncEnumerable<S3Object> ListAsync(string? after, CancellationToken cancellationToken) =>
        bucket
            .ListAsync(Layout.Corrections, after, cancellationToken)
            .Where(item => item.Key.EndsWith(Layout.Lines, StringComparison.Ordinal));

    private async Task<CorrectionFile> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var text = await bucket.FindTextAsync(key, cancellationToken) ?? "";
        var aside = new SetAside();
        return new CorrectionFile(key, CorrectionLog.Read(text.Split('\n'), key, aside), aside);
    }
}
