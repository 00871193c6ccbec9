using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Signing;

/// <summary>
/// Decodes an aws-chunked body while it is read, and checks its signatures if it has any. A read returns bytes before
/// their chunk's signature is known: a caller must not rely on any byte until it has read to the end.
/// </summary>
/// <param name="inner">The body as sent; stays open.</param>
/// <param name="signatures">The chain to check; null for STREAMING-UNSIGNED-PAYLOAD-TRAILER.</param>
public sealed class AwsChunkedStream(Stream inner, ChunkSignatures? signatures) : BodyStream
{
    private const int MaxLine = 16 * 1024;

    private byte[] pending = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private readonly IncrementalHash? hash = signatures is null
        ? null
        : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, string> trailers = new(StringComparer.OrdinalIgnoreCase);
    private int start;
    private int end;
    private long left;
    private string? chunkSignature;
    private bool first = true;
    private bool done;

    /// <summary>The trailing headers, such as x-amz-checksum-crc32; complete after a read has returned 0.</summary>
    public IReadOnlyDictionary<string, string> Trailers => trailers;

    /// <inheritdoc/>
    /// <exception cref="AwsException">
    /// A chunk is malformed or truncated, or its signature is missing or wrong.
    /// </exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (left == 0)
        {
            if (done)
            {
                return 0;
            }

            await NextChunkAsync(cancellationToken);
        }

        var wanted = (int)Math.Min(left, buffer.Length);
        var read = Math.Min(wanted, end - start);
        if (read > 0)
        {
            pending.AsMemory(start, read).CopyTo(buffer);
            start += read;
        }
        else
        {
            read = await inner.ReadAsync(buffer[..wanted], cancellationToken);
            if (read == 0)
            {
                throw Incomplete();
            }
        }

        hash?.AppendData(buffer.Span[..read]);
        left -= read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && pending.Length > 0)
        {
            hash?.Dispose();
            ArrayPool<byte>.Shared.Return(pending);
            pending = [];
            (start, end, done, left) = (0, 0, true, 0);
        }

        base.Dispose(disposing);
    }

    private async ValueTask NextChunkAsync(CancellationToken cancellationToken)
    {
        if (!first)
        {
            CheckChunk();
            if ((await LineAsync(cancellationToken)).Length > 0)
            {
                throw Malformed();
            }
        }

        first = false;
        var header = await LineAsync(cancellationToken);
        var semicolon = header.IndexOf(';', StringComparison.Ordinal);
        var size = semicolon < 0 ? header : header[..semicolon];
        if (
            size.Length is 0 or > 15
            || !long.TryParse(size, System.Globalization.NumberStyles.AllowHexSpecifier, null, out left)
        )
        {
            throw Malformed();
        }

        const string signatureKey = "chunk-signature=";
        chunkSignature =
            semicolon > 0 && header.AsSpan(semicolon + 1).StartsWith(signatureKey)
                ? header[(semicolon + 1 + signatureKey.Length)..]
                : null;
        if (left == 0)
        {
            CheckChunk();
            await ReadTrailersAsync(cancellationToken);
            done = true;
        }
    }

    private void CheckChunk()
    {
        if (signatures is null || hash is null)
        {
            return;
        }

        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(sum);
        if (signatures.Chunk(sum) != chunkSignature)
        {
            throw SignatureErrors.Of(SignatureVerdict.Mismatch, "rest-xml");
        }
    }

    private async ValueTask ReadTrailersAsync(CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        string? signature = null;
        while (await LineAsync(cancellationToken, mayEnd: true) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw Malformed();
            }

            var (name, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == "x-amz-trailer-signature")
            {
                signature = value;
            }
            else
            {
                trailers[name] = value;
                lines.Append(name).Append(':').Append(value).Append('\n');
            }
        }

        if (signatures is not null && trailers.Count > 0 && signatures.Trailer(lines.ToString()) != signature)
        {
            throw SignatureErrors.Of(SignatureVerdict.Mismatch, "rest-xml");
        }
    }

    private async ValueTask<string> LineAsync(CancellationToken cancellationToken, bool mayEnd = false)
    {
        while (true)
        {
            var newline = pending.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = Encoding.UTF8.GetString(pending.AsSpan(start, newline)).TrimEnd('\r');
                start += newline + 1;
                return line;
            }

            if (end - start > MaxLine)
            {
                throw Malformed();
            }

            pending.AsSpan(start, end - start).CopyTo(pending);
            (start, end) = (0, end - start);
            var read = await inner.ReadAsync(pending.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                return mayEnd && end == start ? "" : throw Incomplete();
            }

            end += read;
        }
    }

    private static AwsException Malformed() =>
        new("InvalidRequest", 400, "The body is not aws-chunked as its headers say.");

    private static AwsException Incomplete() =>
        new(
            "IncompleteBody",
            400,
            "You did not provide the number of bytes specified by the Content-Length HTTP header"
        );
}
