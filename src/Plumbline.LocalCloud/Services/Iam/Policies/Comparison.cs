using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plumbline.Aws.Arns;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>Compares a value of the policy with a value of the request, as an operator does.</summary>
/// <param name="Holds">True if the comparison holds; takes the policy's value, then the request's.</param>
/// <param name="Expand">
/// Replaces the policy's variables, for operators that allow them; null if one has no value.
/// </param>
internal sealed record Comparison(Func<string, string, bool> Holds, Func<string, AccessRequest, string?> Expand)
{
    /// <summary>AWS's formats of a time, besides seconds since 1970: those of W3C.</summary>
    private static readonly string[] Moments =
    [
        "yyyy-MM",
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The operators by name; negated ones are the opposite of these.</summary>
    public static IReadOnlyDictionary<string, Comparison> All { get; } =
        new Dictionary<string, Comparison>(StringComparer.OrdinalIgnoreCase)
        {
            ["StringEquals"] = Text((wanted, given) => wanted == given),
            ["StringEqualsIgnoreCase"] = Text(
                (wanted, given) => wanted.Equals(given, StringComparison.OrdinalIgnoreCase)
            ),
            ["StringLike"] = Pattern((wanted, given) => Wildcard.Matches(wanted, given)),
            ["ArnEquals"] = Pattern(ArnLike),
            ["ArnLike"] = Pattern(ArnLike),
            ["Bool"] = Text(SameTruth),
            ["BinaryEquals"] = Plain(SameBytes),
            ["NumericEquals"] = Numbers((given, wanted) => given == wanted),
            ["NumericLessThan"] = Numbers((given, wanted) => given < wanted),
            ["NumericLessThanEquals"] = Numbers((given, wanted) => given <= wanted),
            ["NumericGreaterThan"] = Numbers((given, wanted) => given > wanted),
            ["NumericGreaterThanEquals"] = Numbers((given, wanted) => given >= wanted),
            ["DateEquals"] = Times((given, wanted) => given == wanted),
            ["DateLessThan"] = Times((given, wanted) => given < wanted),
            ["DateLessThanEquals"] = Times((given, wanted) => given <= wanted),
            ["DateGreaterThan"] = Times((given, wanted) => given > wanted),
            ["DateGreaterThanEquals"] = Times((given, wanted) => given >= wanted),
            ["IpAddress"] = Plain(InNetwork),
        };

    private static Comparison Text(Func<string, string, bool> holds) => new(holds, PolicyVariables.ExpandText);

    private static Comparison Pattern(Func<string, string, bool> holds) => new(holds, PolicyVariables.ExpandPattern);

    private static Comparison Plain(Func<string, string, bool> holds) => new(holds, (value, _) => value);

    private static Comparison Numbers(Func<decimal, decimal, bool> compare) =>
        Plain((wanted, given) => Number(wanted) is { } limit && Number(given) is { } number && compare(number, limit));

    private static decimal? Number(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static Comparison Times(Func<DateTimeOffset, DateTimeOffset, bool> compare) =>
        Plain((wanted, given) => Time(wanted) is { } limit && Time(given) is { } time && compare(time, limit));

    private static DateTimeOffset? Time(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? seconds is > -62135596800 and < 253402300800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null
            : DateTimeOffset.TryParseExact(
                text,
                Moments,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? time
                : null;

    /// <summary>A value that is neither true nor false equals nothing.</summary>
    private static bool SameTruth(string wanted, string given) =>
        bool.TryParse(wanted, out var left) && bool.TryParse(given, out var right) && left == right;

    private static bool SameBytes(string wanted, string given) =>
        Bytes(wanted) is { } left && Bytes(given) is { } right && left.AsSpan().SequenceEqual(right);

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>Compares each of the six parts by itself: only in the last one does a star match a colon.</summary>
    private static bool ArnLike(string wanted, string given) =>
        Arn.Parts(wanted) is { } pattern
        && Arn.Parts(given) is { } arn
        && pattern.Zip(arn).All(pair => Wildcard.Matches(pair.First, pair.Second));

    /// <summary>An address without a prefix length matches only itself; bits after the prefix do not count.</summary>
    private static bool InNetwork(string wanted, string given)
    {
        var parts = wanted.Split('/');
        if (parts.Length > 2 || Address(parts[0]) is not { } network || Address(given) is not { } asked)
        {
            return false;
        }

        // A socket for both versions shows an IPv4 address inside an IPv6 address.
        var address = asked.IsIPv4MappedToIPv6 ? asked.MapToIPv4() : asked;
        var (left, right) = (network.GetAddressBytes(), address.GetAddressBytes());
        var prefix = left.Length * 8;
        return left.Length == right.Length
            && (
                parts.Length == 1
                || (
                    int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix)
                    && prefix <= left.Length * 8
                )
            )
            && SameBits(left, right, prefix);
    }

    private static bool SameBits(byte[] left, byte[] right, int bits)
    {
        var whole = bits / 8;
        var rest = bits % 8;
        return left.AsSpan(0, whole).SequenceEqual(right.AsSpan(0, whole))
            && (rest == 0 || (left[whole] ^ right[whole]) >> (8 - rest) == 0);
    }

    /// <summary>The short forms of IPv4 addresses, such as 127.1, are not addresses in a policy.</summary>
    private static IPAddress? Address(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(one => one == '.') == 3)
            ? address
            : null;
}
