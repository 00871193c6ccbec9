using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>A file of corrections.</summary>
/// <param name="Key">Its key in the loop's bucket.</param>
/// <param name="Corrections">In the order in which they were made; none where the file cannot be read.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
public sealed record CorrectionFile(string Key, IReadOnlyList<Correction> Corrections, string? Problem = null);

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
            if (!known.Contains(item.Key) && item.Key.EndsWith(".jsonl", StringComparison.Ordinal))
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
        try
        {
            var corrections = text.Split('\n')
                .Select((line, index) => (Line: line, Place: $"{key}:{index + 1}"))
                .Where(one => !string.IsNullOrWhiteSpace(one.Line))
                .Select(one => CorrectionLog.Parse(one.Line, one.Place));
            return new CorrectionFile(key, [.. corrections]);
        }
        catch (UserError broken)
        {
            return new CorrectionFile(key, [], broken.Message);
        }
    }
}
