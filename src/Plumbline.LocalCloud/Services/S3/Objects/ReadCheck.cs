using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>
/// Compares the bytes of a small object that is read as a whole with the checksum that it was stored with, before they
/// are sent. For a large object that would cost more than it is worth; its reader and the scrub find a wrong checksum.
/// </summary>
internal static class ReadCheck
{
    /// <summary>
    /// The largest object that is checked, in bytes: with more, a check takes over a fiftieth of the answer's time.
    /// </summary>
    public const int Largest = 32 * 1024;

    private static readonly string[] Quick = ["CRC64NVME", "CRC32", "CRC32C"];

    /// <summary>Checks all bytes of an object, if it is small and has a quick checksum of all of them.</summary>
    /// <exception cref="DamagedObjectException">The bytes are not those that were stored.</exception>
    public static void Check(StoredObject stored, ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.Length > Largest
            || bytes.Length != stored.Size
            || (string?)stored.Properties["ChecksumType"] == ChecksumType.Composite
            || ChecksumAlgorithm.In(stored.Properties) is not var (algorithm, expected)
            || !Quick.Contains(algorithm)
        )
        {
            return;
        }

        using var checksum = IncrementalChecksum.Of(algorithm);
        checksum.Append(bytes);
        if (Convert.ToBase64String(checksum.Finish()) != expected)
        {
            throw new DamagedObjectException(stored, "has other bytes than were stored");
        }
    }
}
