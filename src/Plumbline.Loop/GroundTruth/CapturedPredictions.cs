using System.Text;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>The predictions that the endpoint's data capture kept, read from S3 as they lie there.</summary>
public sealed class CapturedPredictions(LoopContext loop)
{
    // Lines are appended: the newest are at a file's end, and a busy endpoint's files are long.
    private const long Tail = 1024 * 1024;

    private readonly Dictionary<(string Key, long Size), int> counted = [];

    /// <summary>The newest predictions, newest first.</summary>
    public async Task<IReadOnlyList<CapturedPrediction>> NewestAsync(
        int count,
        CancellationToken cancellationToken = default
    )
    {
        var newest = new List<CapturedPrediction>();
        foreach (var (key, size) in await FilesNewestFirstAsync(cancellationToken))
        {
            var rows = await RowsAsync(key, Math.Max(0, size - Tail), size, cancellationToken);
            if (newest.Count + rows.Count < count && size > Tail)
            {
                rows = await RowsAsync(key, 0, size, cancellationToken);
            }

            newest.AddRange(rows.OrderByDescending(one => one.InferenceTime));
            if (newest.Count >= count)
            {
                break;
            }
        }

        return [.. newest.Take(count)];
    }

    /// <summary>
    /// One prediction by its join key, the newest where several have it; null where no capture has it. Reads file after
    /// file from the newest on: for old ones ask the console's index.
    /// </summary>
    public async Task<CapturedPrediction?> FindAsync(string joinKey, CancellationToken cancellationToken = default)
    {
        var labels = new LabelNames(loop.Project);
        var rows = new CaptureRows(labels);
        var wanted = Encoding.UTF8.GetBytes(joinKey);
        foreach (var (key, _) in await FilesNewestFirstAsync(cancellationToken))
        {
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
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>How many predictions there are in all. Asked again, only new files are read.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        var rows = new CaptureRows(new LabelNames(loop.Project));
        foreach (var file in await FilesNewestFirstAsync(cancellationToken))
        {
            if (!counted.TryGetValue(file, out var lines))
            {
                await ReadLinesAsync(file.Key, line => rows.Read(line, (_, _, _, in _) => lines++), cancellationToken);
                counted[file] = lines;
            }

            count += lines;
        }

        return count;
    }

    /// <summary>By the hour and moment in the key, whatever the variant before it.</summary>
    private async Task<IReadOnlyList<(string Key, long Size)>> FilesNewestFirstAsync(
        CancellationToken cancellationToken
    )
    {
        var files = new List<(string Key, long Size)>();
        var prefix = Layout.EndpointCaptures(loop.Names.Endpoint);
        await foreach (var item in loop.Bucket.ListAsync(prefix, cancellationToken: cancellationToken))
        {
            files.Add((item.Key, item.Size ?? 0));
        }

        string Moment(string key) => key[(key.IndexOf('/', prefix.Length) + 1)..];
        return [.. files.OrderByDescending(file => Moment(file.Key), StringComparer.Ordinal)];
    }

    /// <summary>The predictions in a part of a file; a line that the part begins within is left out.</summary>
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
