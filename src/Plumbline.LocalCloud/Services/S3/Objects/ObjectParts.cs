using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>The parts that an object was uploaded in; they stay known as long as it is there.</summary>
/// <param name="Sizes">Bytes of each, in order.</param>
/// <param name="Checksums">The checksum of each, base64; null where not all have one.</param>
/// <param name="Algorithm">The algorithm of the object's checksum and of theirs.</param>
/// <param name="ChecksumType">COMPOSITE or FULL_OBJECT: what the object's checksum is of.</param>
internal sealed record ObjectParts(
    IReadOnlyList<long> Sizes,
    IReadOnlyList<string>? Checksums,
    string? Algorithm,
    string? ChecksumType
)
{
    private const string SizesProperty = "Parts";
    private const string ChecksumsProperty = "PartChecksums";

    /// <summary>An object's parts; null where it was not uploaded in parts.</summary>
    public static ObjectParts? Of(StoredObject stored) =>
        SizesIn(stored.Properties) is { } sizes
            ? new ObjectParts(
                sizes,
                (stored.Properties[ChecksumsProperty] as JsonArray)?.Select(checksum => (string)checksum!).ToList(),
                ChecksumAlgorithm.In(stored.Properties)?.Algorithm,
                (string?)stored.Properties["ChecksumType"]
            )
            : null;

    /// <summary>The bytes of each part; null where the object was not uploaded in parts.</summary>
    public static IReadOnlyList<long>? SizesIn(JsonObject properties) =>
        (properties[SizesProperty] as JsonArray)?.Select(size => (long)size!).ToList();

    /// <summary>Keeps the parts with their object.</summary>
    /// <param name="properties">The object's.</param>
    /// <param name="parts">Size and checksum of each.</param>
    public static void Keep(JsonObject properties, IReadOnlyList<(long Size, string? Checksum)> parts)
    {
        properties[SizesProperty] = new JsonArray([.. parts.Select(part => (JsonNode)part.Size)]);
        if (parts.All(part => part.Checksum is not null))
        {
            properties[ChecksumsProperty] = new JsonArray([.. parts.Select(part => (JsonNode)part.Checksum!)]);
        }
    }
}
