using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>The parts in which an object was uploaded; kept as long as the object exists.</summary>
/// <param name="Sizes">The bytes of each part, in order.</param>
/// <param name="Checksums">The checksum of each part, base64; null unless all have one.</param>
/// <param name="Algorithm">The algorithm of the object's checksum and of those of the parts.</param>
/// <param name="ChecksumType">
/// COMPOSITE for a checksum of the parts' checksums, FULL_OBJECT for one of all bytes.
/// </param>
internal sealed record ObjectParts(
    IReadOnlyList<long> Sizes,
    IReadOnlyList<string>? Checksums,
    string? Algorithm,
    string? ChecksumType
)
{
    private const string SizesProperty = "Parts";
    private const string ChecksumsProperty = "PartChecksums";

    /// <summary>Returns an object's parts; null if it was not uploaded in parts.</summary>
    public static ObjectParts? Of(StoredObject stored) =>
        SizesIn(stored.Properties) is { } sizes
            ? new ObjectParts(
                sizes,
                (stored.Properties[ChecksumsProperty] as JsonArray)?.Select(checksum => (string)checksum!).ToList(),
                ChecksumAlgorithm.In(stored.Properties)?.Algorithm,
                (string?)stored.Properties["ChecksumType"]
            )
            : null;

    /// <summary>Returns the bytes of each part; null if the object was not uploaded in parts.</summary>
    public static IReadOnlyList<long>? SizesIn(JsonObject properties) =>
        (properties[SizesProperty] as JsonArray)?.Select(size => (long)size!).ToList();

    /// <summary>Stores the parts in the properties of their object.</summary>
    /// <param name="properties">The object's properties.</param>
    /// <param name="parts">The size and the checksum of each part.</param>
    public static void Keep(JsonObject properties, IReadOnlyList<(long Size, string? Checksum)> parts)
    {
        properties[SizesProperty] = new JsonArray([.. parts.Select(part => (JsonNode)part.Size)]);
        if (parts.All(part => part.Checksum is not null))
        {
            properties[ChecksumsProperty] = new JsonArray([.. parts.Select(part => (JsonNode)part.Checksum!)]);
        }
    }
}
