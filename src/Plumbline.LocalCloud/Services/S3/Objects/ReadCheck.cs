using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>
/// Holds the bytes of an object that is read as a whole against the checksum that it was stored with, where that is quickly calculated. Its last
/// bytes are not sent where they differ, so that nobody takes a damaged object for a whole one.
/// </summary>
internal sealed class ReadCheck : IDisposable
{
    private static readonly string[] Quick = ["CRC64NVME", "CRC32", "CRC32C"];

    private readonly StoredObject stored;
    private readonly string expected;
    private readonly IncrementalChecksum checksum;

    private ReadCheck(StoredObject stored, string algorithm, string expected) =>
        (this.stored, this.expected, checksum) = (stored, expected, IncrementalChecksum.Of(algorithm));

    /// <summary>The check of an object; null where no quick checksum of all its bytes is known.</summary>
    public static ReadCheck? Of(StoredObject stored) =>
        (string?)stored.Properties["ChecksumType"] != "COMPOSITE"
        && ChecksumAlgorithm.In(stored.Properties) is var (algorithm, value)
        && Quick.Contains(algorithm)
            ? new ReadCheck(stored, algorithm, value)
            : null;

    /// <summary>Sees the next bytes, before they are sent.</summary>
    /// <exception cref="DamagedObjectException">They were the last, and all together are not those that were stored.</exception>
    public void See(ReadOnlySpan<byte> bytes, bool isLast)
    {
        checksum.Append(bytes);
        if (isLast && Convert.ToBase64String(checksum.Finish()) != expected)
        {
            throw new DamagedObjectException(stored, "has other bytes than were stored");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => checksum.Dispose();
}
