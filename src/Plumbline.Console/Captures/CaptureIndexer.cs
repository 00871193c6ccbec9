using Dapper;
using Microsoft.Extensions.Logging;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;

namespace Plumbline.WebConsole.Captures;

/// <summary>Brings an index up to date with S3.</summary>
internal sealed class CaptureIndexer : IDisposable
{
    private const int ForgottenAtOnce = 1000;

    private readonly LoopContext loop;
    private readonly IndexWriter writer;
    private readonly CaptureListing listing;
    private readonly CorrectionFeed corrections;
    private readonly CaptureRows lines;
    private readonly ILogger log;
    private readonly SemaphoreSlim writing = new(1);

    public CaptureIndexer(LoopContext loop, IndexFile file, TimeProvider time, ILogger log)
    {
        (this.loop, this.log) = (loop, log);
        writer = new IndexWriter(file.Writer, loop.Project);
        listing = new CaptureListing(loop.Bucket, loop.Names.Endpoint, file, time);
        corrections = new CorrectionFeed(loop.Bucket, file.Writer.Query<string>("SELECT key FROM correction_files"));
        lines = new CaptureRows(new LabelNames(loop.Project));
    }

    /// <summary>Adds people's answers before a pass finds them in S3.</summary>
    public Task AddAsync(IReadOnlyList<Correction> said, CancellationToken cancellationToken) =>
        WriteAsync(() => writer.Add(said, fileKey: null), cancellationToken);

    /// <summary>Takes in new objects of S3, up to the limit of one pass. One caller at a time.</summary>
    /// <param name="behind">Called with the objects and bytes that are left, at first and after each object.</param>
    /// <param name="cancellationToken">Ends the pass; objects that were taken in stay.</param>
    /// <returns>True if the index now has everything.</returns>
    public async Task<bool> PassAsync(Action<long, long> behind, CancellationToken cancellationToken)
    {
        await foreach (var file in corrections.NextAsync(cancellationToken))
        {
            if (file.SetAside.Lines > 0)
            {
                Log.UnreadableCorrections(log, file.SetAside.Sentence());
            }

            await WriteAsync(() => writer.Add(file.Corrections, file.Key), cancellationToken);
        }

        var (objects, gone) = await listing.NextAsync(cancellationToken);
        foreach (var some in gone.Chunk(ForgottenAtOnce))
        {
            await WriteAsync(() => writer.Forget(some), cancellationToken);
        }

        var (left, bytes) = ((long)objects.Count, objects.Sum(one => one.Size));
        behind(left, bytes);
        foreach (var one in objects)
        {
            await IndexAsync(one, cancellationToken);
            behind(--left, bytes -= one.Size);
        }

        if (objects.Count >= CaptureListing.Most)
        {
            return false;
        }

        await WriteAsync(writer.EndPass, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => writing.Dispose();

    private async Task IndexAsync(CaptureObject one, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            using var rows = writer.Begin();
            // An object that was removed since the listing gets no rows; the next full listing forgets it.
            await loop.Bucket.TryReadAsync(
                one.Key,
                stream => LineReader.ReadAsync(stream, Handler(rows), cancellationToken, _ => rows.Unreadable++),
                cancellationToken
            );
            if (rows.Complete(one.Key, one.Variant, one.ETag) && rows.Unreadable > 0)
            {
                Log.UnreadableLines(log, one.Key, rows.Unreadable);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    private PlacedLineHandler Handler(ObjectRows rows)
    {
        (long Offset, int Length) place = default;
        var fits = true;
        CapturedRowHandler add = (joinKey, time, row, in answer) =>
        {
            fits = CaptureId.Takes(time);
            if (fits)
            {
                rows.Add(place, joinKey, time, row, answer);
            }
        };
        return (line, offset, _) =>
        {
            place = (offset, line.Length);
            if (!lines.Read(line, add) || !fits)
            {
                rows.Unreadable++;
            }
        };
    }

    private async Task WriteAsync(Action write, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            write();
        }
        finally
        {
            writing.Release();
        }
    }
}
