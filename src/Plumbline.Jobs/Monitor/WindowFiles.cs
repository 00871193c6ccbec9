using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Jobs.Monitor;

/// <summary>Reads what a window needs from the bucket into the join, file by file as it comes, none of it on disk.</summary>
internal static class WindowFiles
{
    public static async Task ReadAsync(
        S3Files bucket,
        string endpoint,
        MonitorWindow window,
        QualityJoin join,
        CancellationToken ct
    )
    {
        // Labels lie under the hour in which they were given, at any time after the prediction.
        var labels = await KeysAsync(bucket, Layout.GroundTruth, window.From, null, ct);
        join.ExpectLabels(labels.Sum(label => label.Size));
        foreach (var (key, _) in labels)
        {
            await ReadLinesAsync(bucket, key, join.AddLabel, ct);
        }
        foreach (var (key, _) in await KeysAsync(bucket, Layout.Corrections, window.From, null, ct))
        {
            await ReadLinesAsync(bucket, key, join.AddCorrection, ct);
        }
        foreach (var variant in await bucket.FoldersAsync(Layout.EndpointCaptures(endpoint), ct))
        {
            foreach (var (key, _) in await KeysAsync(bucket, variant, window.From, window.At, ct))
            {
                await ReadLinesAsync(bucket, key, join.AddCapture, ct);
            }
        }
    }

    /// <summary>The files of all hours from one to another, both included, in the order of their names.</summary>
    private static async Task<List<(string Key, long Size)>> KeysAsync(
        S3Files bucket,
        string prefix,
        DateTimeOffset from,
        DateTimeOffset? to,
        CancellationToken ct
    )
    {
        // '0' sorts after '/', so this ends with the hour's last file.
        var end = to is { } last ? $"{prefix}{Layout.Hour(last)}0" : null;
        var keys = new List<(string, long)>();
        await foreach (var found in bucket.ListAsync(prefix, prefix + Layout.Hour(from), ct))
        {
            if (end is not null && string.CompareOrdinal(found.Key, end) > 0)
            {
                break;
            }
            if (found.Key.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                keys.Add((found.Key, found.Size ?? 0));
            }
        }
        return keys;
    }

    private static Task ReadLinesAsync(S3Files bucket, string key, LineHandler handle, CancellationToken ct) =>
        bucket.ReadAsync(key, stream => LineReader.ReadAsync(stream, handle, ct), ct);
}
