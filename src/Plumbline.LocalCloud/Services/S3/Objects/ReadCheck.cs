using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>
/// Holds the bytes of a small object that is read as a whole against the checksum that it was stored with, before they are sent.
/// Of a large one that would cost more than it is worth; its reader and the scrub find the checksum wrong.
/// </summary>
internal static class ReadCheck
{
    /// <summary>Bytes of an object that is checked: more would cost over a fiftieth of the whole answer.</summary>
    public const int Largest = 32 * 1024;

    private static readonly string[] Quick = ["CRC64NVME", "CRC32", "CRC32C"];

    /// <summary>Checks all bytes of an object, where it is small and a quick checksum of all of them is known.</summary>
    /// <exception cref="DamagedObjectException">They are not those that were stored.</exception>
    public static void Check(StoredObject stored, ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.Length > Largest
            || bytes.Length != stored.Size
            || (string?)stored.Properties["ChecksumType"] == "COMPOSITE"
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
