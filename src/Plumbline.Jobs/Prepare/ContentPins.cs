using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.Data;

namespace Plumbline.Jobs.Prepare;

/// <summary>The hash of a content in S3, which is read once for each content of a key.</summary>
/// <param name="Uri">The object.</param>
/// <param name="ETag">Another content has another one.</param>
/// <param name="Size">The length in bytes.</param>
/// <param name="Sha256">In lower hex.</param>
internal sealed record ContentPin(string Uri, string ETag, long Size, string Sha256)
{
    /// <summary>The version, in a bucket with versions.</summary>
    public string? VersionId { get; init; }
}

/// <summary>
/// The hashes of all contents that were read before, in the loop's bucket: a job that was killed continues after the last
/// part that it wrote, and the next data set version reads only what is new. On this machine they are in files, so memory
/// does not grow with their number.
/// </summary>
internal sealed class ContentPins : IDisposable
{
    private const int LongestPin = 8 * 1024;
    private const int PartPins = 20_000;
    private static readonly TimeSpan PartTime = TimeSpan.FromSeconds(30);

    private readonly BucketClient bucket;
    private readonly TimeProvider clock;
    private readonly FileStream lines;
    private readonly HashTable places;
    private readonly List<ContentPin> unwritten = [];
    private long written;

    private ContentPins(BucketClient bucket, string scratch, TimeProvider clock)
    {
        (this.bucket, this.clock, written) = (bucket, clock, clock.GetTimestamp());
        Directory.CreateDirectory(scratch);
        lines = new FileStream(
            Path.Combine(scratch, "pins"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 64 * 1024,
            FileOptions.DeleteOnClose
        );
        places = new HashTable(scratch);
    }

    /// <summary>Downloads what is known.</summary>
    public static async Task<ContentPins> OpenAsync(
        BucketClient bucket,
        string scratch,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var pins = new ContentPins(bucket, scratch, clock);
        try
        {
            await foreach (var part in bucket.ListAsync(Layout.Pins, cancellationToken: cancellationToken))
            {
                await foreach (var line in bucket.LinesAsync(part.Key, cancellationToken))
                {
                    var pin = RecordJson.Read<ContentPin>(line, part.Key);
                    // Parts are in the order of their times: the latest pin of a key is the usual one.
                    pins.places.Set(HashTable.KeyOfText(pin.Uri), pins.lines.Position);
                    pins.lines.Write(RecordJson.WriteBytes(pin));
                    pins.lines.WriteByte((byte)'\n');
                }
            }
            await pins.lines.FlushAsync(cancellationToken);
            return pins;
        }
        catch
        {
            pins.Dispose();
            throw;
        }
    }

    /// <summary>The pin of an object; null if it was never read.</summary>
    public ContentPin? Find(string uri)
    {
        if (places.Of(HashTable.KeyOfText(uri)) is var place && place < 0)
            return null;
        var bytes = new byte[LongestPin];
        var read = RandomAccess.Read(lines.SafeFileHandle, bytes, place);
        var end = bytes.AsSpan(0, read).IndexOf((byte)'\n');
        var pin = RecordJson.Read<ContentPin>(bytes.AsSpan(0, end < 0 ? read : end), Layout.Pins);
        return pin.Uri == uri ? pin : null;
    }

    /// <summary>Adds pins, and writes a part to the bucket now and then.</summary>
    public async Task AddAsync(IEnumerable<ContentPin> pins, CancellationToken cancellationToken)
    {
        unwritten.AddRange(pins);
        if (unwritten.Count >= PartPins || clock.GetElapsedTime(written) >= PartTime)
            await WriteAsync(cancellationToken);
    }

    /// <summary>Writes the pins that are in no part yet.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        written = clock.GetTimestamp();
        if (unwritten.Count == 0)
            return;
        var text = string.Concat(unwritten.Select(pin => RecordJson.Write(pin) + "\n"));
        await bucket.PutTextAsync(Layout.PinPart(clock.GetUtcNow(), Guid.NewGuid()), text, cancellationToken);
        unwritten.Clear();
    }

    public void Dispose()
    {
        lines.Dispose();
        places.Dispose();
    }
}
