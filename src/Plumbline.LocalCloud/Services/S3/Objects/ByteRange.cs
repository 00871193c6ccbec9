using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>A range of an object's bytes.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">The number of bytes.</param>
internal sealed record ByteRange(long Start, long Length)
{
    /// <summary>Returns the header Content-Range of an answer.</summary>
    public string Of(long size) => $"bytes {Start}-{Start + Length - 1}/{size}";

    /// <summary>
    /// Reads a Range header; null if it is invalid or has several ranges: then the whole object is meant.
    /// </summary>
    /// <exception cref="AwsException">416: the range lies outside the object.</exception>
    public static ByteRange? Read(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (header[6..].Split('-') is not [var first, var last])
        {
            return null;
        }

        if (first.Length == 0)
        {
            return Number(last) is { } suffix
                ? Within(header, size - Math.Min(suffix, size), Math.Min(suffix, size), size)
                : null;
        }

        if (Number(first) is not { } start || (last.Length > 0 && Number(last) is null))
        {
            return null;
        }

        var end = Math.Min(Number(last) ?? long.MaxValue, size - 1);
        return last.Length > 0 && Number(last) < start ? null : Within(header, start, end - start + 1, size);
    }

    /// <summary>Reads <c>bytes=first-last</c>, both given.</summary>
    public static bool TryReadBounds(string header, out long first, out long last)
    {
        (first, last) = (0, 0);
        return header.StartsWith("bytes=", StringComparison.Ordinal)
            && header[6..].Split('-') is [var from, var to]
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out last);
    }

    private static ByteRange Within(string header, long start, long length, long size) =>
        length > 0
            ? new ByteRange(start, length)
            : throw new AwsException("InvalidRange", 416, "The requested range is not satisfiable")
            {
                Members = new JsonObject { ["RangeRequested"] = header, ["ActualObjectSize"] = $"{size}" },
            };

    private static long? Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
