using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>A file of corrections.</summary>
/// <param name="Key">Its key in the loop's bucket.</param>
/// <param name="Corrections">In the order in which they were made.</param>
/// <param name="SetAside">Lines that are not corrections.</param>
public sealed record CorrectionFile(string Key, IReadOnlyList<Correction> Corrections, SetAside SetAside);

/// <summary>
/// The correction log, each file once. Keys sort by their hour, but two writers in the same hour finish in any order: the
/// newest hours are listed again, and what was read is skipped. The first call lists everything.
/// </summary>
/// <param name="bucket">The loop's bucket.</param>
/// <param name="read">Keys of files that an earlier feed gave out.</param>
public sealed class CorrectionFeed(LoopBucket bucket, IEnumerable<string> read)
{
    private readonly HashSet<string> known = [.. read];
    private string? from;

    /// <summary>The files since the last call, in the order of their keys. One that was not taken comes again.</summary>
    public async IAsyncEnumerable<CorrectionFile> NextAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var newest = from;
        await foreach (var item in bucket.ListAsync(Layout.Corrections, from, cancellationToken))
        {
            newest = item.Key;
            if (!known.Contains(item.Key) && item.Key.EndsWith(Layout.Lines, StringComparison.Ordinal))
            {
                yield return await ReadAsync(item.Key, cancellationToken);
                known.Add(item.Key);
            }
        }

        from = Layout.HourBefore(Layout.Corrections, newest) ?? from;
        known.RemoveWhere(key => string.CompareOrdinal(key, from) <= 0);
    }

    private async Task<CorrectionFile> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var text = await bucket.FindTextAsync(key, cancellationToken) ?? "";
        var aside = new SetAside();
        return new CorrectionFile(key, CorrectionLog.Read(text.Split('\n'), key, aside), aside);
    }
}
