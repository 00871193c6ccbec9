using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.S3.Checksums;

/// <summary>S3's checksums by their names, with the members and headers that carry them.</summary>
internal static class ChecksumAlgorithm
{
    private const string MemberPrefix = "Checksum";
    private const string HeaderPrefix = "x-amz-checksum-";

    /// <summary>The algorithms that are calculated here; the XXHASH family is not.</summary>
    public static IReadOnlyList<string> Known { get; } =
    ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512", "MD5"];

    /// <summary>
    /// The algorithm that S3 uses if a client names none; over the whole object, also for one in parts.
    /// </summary>
    public const string Default = "CRC64NVME";

    /// <summary>The member that carries a checksum, such as ChecksumCRC32.</summary>
    public static string Member(string algorithm) => MemberPrefix + algorithm;

    /// <summary>The header that carries a checksum, such as x-amz-checksum-crc32.</summary>
    public static string Header(string algorithm) => HeaderPrefix + algorithm.ToLowerInvariant();

    /// <summary>The algorithm and value in a tree's members; null without a checksum.</summary>
    public static (string Algorithm, string Value)? In(JsonObject tree)
    {
        foreach (var algorithm in Known)
        {
            if ((string?)tree[Member(algorithm)] is { } value)
            {
                return (algorithm, value);
            }
        }

        return null;
    }

    /// <summary>Copies the checksum and its type from one tree to another.</summary>
    public static void Copy(JsonObject from, JsonObject to)
    {
        if (In(from) is var (algorithm, value))
        {
            to[Member(algorithm)] = value;
            to["ChecksumType"] = (string?)from["ChecksumType"];
        }
    }

    /// <summary>
    /// Returns the algorithm of the checksum in a request's header or trailer; null without a checksum.
    /// </summary>
    /// <exception cref="Aws.Errors.AwsException">
    /// The request has several checksums, one that is announced but missing, or an unknown one.
    /// </exception>
    public static string? Brought(AwsCall call)
    {
        var trailer = call.Header("x-amz-trailer");
        var inTrailer =
            trailer?.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase) == true
                ? trailer[HeaderPrefix.Length..].ToUpperInvariant()
                : null;
        var all = call
            .Input.Select(member => member.Key)
            .Where(IsValue)
            .Select(member => member[MemberPrefix.Length..])
            .Append(inTrailer)
            .OfType<string>()
            .ToList();
        if (all.Count > 1)
        {
            throw S3Errors.InvalidRequest(
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
            );
        }

        if (all is [var algorithm])
        {
            return Known.Contains(algorithm) ? algorithm : throw S3Errors.NotImplemented(Header(algorithm));
        }

        return call.Input.ContainsKey("ChecksumAlgorithm") && call.Body is not null && IsOnTheWire(call)
            ? throw S3Errors.InvalidRequest(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
            )
            : null;
    }

    /// <summary>Returns the checksum of a request; a trailer has it once the body has been read.</summary>
    public static string? ValueBrought(AwsCall call, string algorithm) =>
        (string?)call.Input[Member(algorithm)] ?? call.Trailer(Header(algorithm));

    private static bool IsValue(string member) =>
        member.StartsWith(MemberPrefix, StringComparison.Ordinal)
        && member is not ("ChecksumAlgorithm" or "ChecksumType" or "ChecksumMode");

    private static bool IsOnTheWire(AwsCall call) => call.Header("x-amz-sdk-checksum-algorithm") is not null;
}
