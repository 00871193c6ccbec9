using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Jobs.Monitor;

/// <summary>Streams the files of a window from the bucket into the join, without a copy on disk.</summary>
internal static class WindowFiles
{
    public static async Task ReadAsync(
        BucketClient bucket,
        string endpoint,
        MonitorWindow window,
        QualityJoin join,
        CancellationToken ct
    )
    {
        // A label lies under the hour in which it was given, which may be any time after the prediction.
        var labels = await KeysAsync(bucket, Layout.GroundTruth, window.From, null, ct);
        join.ExpectLabels(labels.Sum(label => label.Size ?? 0));
        // In order of writing, like corrections. Within one second the order is by name, which is that of the last
        // answer.
        foreach (var label in labels.OrderBy(Second))
        {
            await ReadLinesAsync(bucket, label.Key, join, join.AddLabel, ct);
        }
        foreach (var correction in await KeysAsync(bucket, Layout.Corrections, window.From, null, ct))
        {
            await ReadLinesAsync(bucket, correction.Key, join, join.AddCorrection, ct);
        }
        foreach (var variant in await bucket.FoldersAsync(Layout.EndpointCaptures(endpoint), ct))
        {
            foreach (var capture in await KeysAsync(bucket, variant, window.From, window.At, ct))
            {
                await ReadLinesAsync(bucket, capture.Key, join, join.AddCapture, ct);
            }
        }
    }

    private static long Second(S3Object file) => file.LastModified?.Ticks / TimeSpan.TicksPerSecond ?? 0;

    /// <summary>The files of all hours from one to another, both included, ordered by name.</summary>
    private static async Task<List<S3Object>> KeysAsync(
        BucketClient bucket,
        string prefix,
        DateTimeOffset from,
        DateTimeOffset? to,
        CancellationToken ct
    )
    {
        // '0' sorts after '/', so this ends with the hour's last file.
        var end = to is { } last ? $"{prefix}{Layout.Hour(last)}0" : null;
        var keys = new List<S3Object>();
        await foreach (var found in bucket.ListAsync(prefix, prefix + Layout.Hour(from), ct))
        {
            if (end is not null && string.CompareOrdinal(found.Key, end) > 0)
            {
                break;
            }
            if (found.Key.EndsWith(Layout.Lines, StringComparison.Ordinal))
            {
                keys.Add(found);
            }
        }
        return keys;
    }

    private static Task ReadLinesAsync(
        BucketClient bucket,
        string key,
        QualityJoin join,
        LineHandler handle,
        CancellationToken ct
    )
    {
        join.Place = key;
        PlacedLineHandler numbered = (line, _, number) =>
        {
            join.Line = number;
            handle(line);
        };
        LongLineHandler tooLong = number =>
        {
            join.Line = number;
            join.SetAside(LineReader.TooLong);
        };
        return bucket.ReadAsync(key, stream => LineReader.ReadAsync(stream, numbered, ct, tooLong), ct);
    }
}
