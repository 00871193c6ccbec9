using Plumbline.Loop.Data;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.Retraining;

/// <summary>What people said since the newest data set version was made: what a retraining would learn.</summary>
public sealed class NewLabels(LoopContext loop)
{
    /// <summary>How many corrections the newest data set version does not know.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        var newest = await new DataSets(loop).NewestAsync(cancellationToken);
        var known = newest?.Corrections.All().ToHashSet() ?? [];
        var count = 0;
        await foreach (var item in loop.Bucket.ListAsync(Layout.Corrections, cancellationToken: cancellationToken))
        {
            if (item.Key.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                var text = await loop.Bucket.FindTextAsync(item.Key, cancellationToken) ?? "";
                count += text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Count(line => !known.Contains(CorrectionLog.Parse(line, item.Key).Id));
            }
        }

        return count;
    }
}
