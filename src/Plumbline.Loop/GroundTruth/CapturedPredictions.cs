using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>The predictions that the endpoint's data capture kept.</summary>
public sealed class CapturedPredictions(LoopContext loop)
{
    /// <summary>The newest predictions, newest first.</summary>
    public async Task<IReadOnlyList<CapturedPrediction>> NewestAsync(
        int count,
        CancellationToken cancellationToken = default
    )
    {
        var newest = new List<CapturedPrediction>();
        foreach (var key in await KeysNewestFirstAsync(cancellationToken))
        {
            newest.AddRange((await ReadAsync(key, cancellationToken)).OrderByDescending(one => one.InferenceTime));
            if (newest.Count >= count)
            {
                break;
            }
        }

        return [.. newest.Take(count)];
    }

    /// <summary>One prediction by its join key; null where no capture has it.</summary>
    public async Task<CapturedPrediction?> FindAsync(string joinKey, CancellationToken cancellationToken = default)
    {
        foreach (var key in await KeysNewestFirstAsync(cancellationToken))
        {
            var predictions = await ReadAsync(key, cancellationToken);
            if (predictions.LastOrDefault(one => one.JoinKey == joinKey) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>How many predictions there are in all.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        foreach (var key in await KeysNewestFirstAsync(cancellationToken))
        {
            count += (await ReadAsync(key, cancellationToken)).Count;
        }

        return count;
    }

    private async Task<List<string>> KeysNewestFirstAsync(CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        var prefix = Layout.EndpointCaptures(loop.Names.Endpoint);
        await foreach (var item in loop.Bucket.ListAsync(prefix, cancellationToken: cancellationToken))
        {
            keys.Add(item.Key);
        }

        keys.Reverse();
        return keys;
    }

    private async Task<IReadOnlyList<CapturedPrediction>> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var text = await loop.Bucket.FindTextAsync(key, cancellationToken) ?? "";
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(line => CapturedPrediction.Of(CaptureRecord.Parse(line), loop.Project.Labels)),
        ];
    }
}
