using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>The predictions that the endpoint's data capture kept, read from S3 as they lie there.</summary>
public sealed class CapturedPredictions(LoopContext loop)
{
    private readonly Dictionary<(string Key, long Size), int> counted = [];

    /// <summary>The newest predictions, newest first.</summary>
    public async Task<IReadOnlyList<CapturedPrediction>> NewestAsync(
        int count,
        CancellationToken cancellationToken = default
    )
    {
        var newest = new List<CapturedPrediction>();
        foreach (var (key, _) in await FilesNewestFirstAsync(cancellationToken))
        {
            var file = new List<CapturedPrediction>();
            await ReadLinesAsync(
                key,
                line => file.AddRange(CapturedPrediction.Of(CaptureRecord.Parse(line), loop.Project.Labels)),
                cancellationToken
            );
            newest.AddRange(file.OrderByDescending(one => one.InferenceTime));
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
        var rows = new CaptureRows(new LabelNames(loop.Project.Labels));
        var wanted = Encoding.UTF8.GetBytes(joinKey);
        foreach (var (key, _) in await FilesNewestFirstAsync(cancellationToken))
        {
            CaptureRecord? found = null;
            await ReadLinesAsync(
                key,
                line =>
                {
                    var has = false;
                    rows.Read(line, (rowKey, _, _, in _) => has |= rowKey.SequenceEqual(wanted));
                    found = has ? CaptureRecord.Parse(line) : found;
                },
                cancellationToken
            );
            if (found is not null)
            {
                return CapturedPrediction
                    .Of(found, loop.Project.Labels)
                    .FirstOrDefault(prediction => prediction.JoinKey == joinKey);
            }
        }

        return null;
    }

    /// <summary>How many predictions there are in all. Asked again, only new files are read.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        var rows = new CaptureRows(new LabelNames(loop.Project.Labels));
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

    private Task ReadLinesAsync(string key, LineHandler handle, CancellationToken cancellationToken) =>
        loop.Bucket.TryReadAsync(
            key,
            stream => LineReader.ReadAsync(stream, handle, cancellationToken),
            cancellationToken
        );
}
