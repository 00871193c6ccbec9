using System.Text;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>The predictions of the endpoint's data capture, read directly from S3.</summary>
public sealed class CapturedPredictions(LoopContext loop)
{
    // Lines are appended: the newest are at a file's end, and a busy endpoint's files are long.
    private const long Tail = 1024 * 1024;

    private const int ReadAtOnce = 8;

    private readonly CaptureFiles files = new(loop.Bucket, loop.Names.Endpoint);
    private readonly Dictionary<(string Key, long Size), int> counted = [];

    /// <summary>The newest predictions, newest first.</summary>
    public async Task<IReadOnlyList<CapturedPrediction>> NewestAsync(
        int count,
        CancellationToken cancellationToken = default
    )
    {
        var newest = new List<CapturedPrediction>();
        await foreach (var hour in files.NewestFirstAsync(null, null, cancellationToken))
        {
            foreach (var (key, size) in hour.Files)
            {
                var rows = await RowsAsync(key, Math.Max(0, size - Tail), size, cancellationToken);
                if (newest.Count + rows.Count < count && size > Tail)
                {
                    rows = await RowsAsync(key, 0, size, cancellationToken);
                }

                newest.AddRange(rows.OrderByDescending(one => one.InferenceTime));
                if (newest.Count >= count)
                {
                    return [.. newest.Take(count)];
                }
            }
        }

        return newest;
    }

    /// <summary>One prediction by its join key, within <see cref="CaptureWindow.Usual"/>, or null.</summary>
    public async Task<CapturedPrediction?> FindAsync(string joinKey, CancellationToken cancellationToken = default) =>
        (await SearchAsync(joinKey, CaptureWindow.Usual, cancellationToken)).Found;

    /// <summary>
    /// Searches for a prediction by its join key; the newest if several have it. Reads the files newest first, several
    /// at a time; the console's index finds old predictions without that.
    /// </summary>
    public async Task<CaptureSearch> SearchAsync(
        string joinKey,
        CaptureWindow window,
        CancellationToken cancellationToken = default
    )
    {
        var (read, backTo) = (0L, (DateTimeOffset?)null);
        await foreach (var hour in files.NewestFirstAsync(window.From, window.To, cancellationToken))
        {
            foreach (var some in hour.Files.Chunk(ReadAtOnce))
            {
                if (read >= window.MostBytes)
                {
                    return new CaptureSearch(null, backTo, IsComplete: false);
                }

                var found = await Task.WhenAll(some.Select(file => FindInAsync(file.Key, joinKey, cancellationToken)));
                if (Array.Find(found, one => one is not null) is { } newest)
                {
                    return new CaptureSearch(newest, backTo, IsComplete: true);
                }

                read += some.Sum(file => file.Size);
            }

            backTo = Layout.HourOf(hour.Hour) ?? backTo;
        }

        return new CaptureSearch(null, backTo, IsComplete: true);
    }

    /// <summary>The last prediction of a file that has the key.</summary>
    private async Task<CapturedPrediction?> FindInAsync(string key, string joinKey, CancellationToken cancellationToken)
    {
        var labels = new LabelNames(loop.Project);
        var rows = new CaptureRows(labels);
        var wanted = Encoding.UTF8.GetBytes(joinKey);
        CapturedPrediction? found = null;
        await ReadLinesAsync(
            key,
            line =>
            {
                var has = false;
                rows.Read(line, (rowKey, _, _, in _) => has |= rowKey.SequenceEqual(wanted));
                if (has)
                {
                    found = CapturedPrediction
                        .OfLine(line, labels)
                        .FirstOrDefault(prediction => prediction.JoinKey == joinKey);
                }
            },
            cancellationToken
        );
        return found;
    }

    /// <summary>The number of all predictions; another call reads only new files.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        var rows = new CaptureRows(new LabelNames(loop.Project));
        await foreach (var hour in files.NewestFirstAsync(null, null, cancellationToken))
        {
            foreach (var file in hour.Files)
            {
                if (!counted.TryGetValue(file, out var lines))
                {
                    await ReadLinesAsync(
                        file.Key,
                        line => rows.Read(line, (_, _, _, in _) => lines++),
                        cancellationToken
                    );
                    counted[file] = lines;
                }

                count += lines;
            }
        }

        return count;
    }

    /// <summary>The predictions in a part of a file, without a first line that is truncated.</summary>
    private async Task<List<CapturedPrediction>> RowsAsync(
        string key,
        long from,
        long to,
        CancellationToken cancellationToken
    )
    {
        var bytes = await loop.Bucket.FindRangeAsync(key, from, (int)(to - from), cancellationToken) ?? [];
        var lines = bytes.AsSpan(from == 0 ? 0 : bytes.IndexOf((byte)'\n') + 1);
        var rows = new List<CapturedPrediction>();
        foreach (var line in lines.Split((byte)'\n'))
        {
            rows.AddRange(CapturedPrediction.OfLine(lines[line], new LabelNames(loop.Project)));
        }

        return rows;
    }

    private Task ReadLinesAsync(string key, LineHandler handle, CancellationToken cancellationToken) =>
        loop.Bucket.TryReadAsync(
            key,
            stream => LineReader.ReadAsync(stream, handle, cancellationToken),
            cancellationToken
        );
}
