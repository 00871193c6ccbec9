using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Plumbline.Aws.Events;

/// <summary>A block of IPv4 or IPv6 addresses.</summary>
internal sealed partial record Cidr(byte[] Network, int MaskBits) : TextMatcher
{
    /// <summary>Reads <c>10.0.0.0/24</c> or <c>2001:db8::/32</c>.</summary>
    /// <exception cref="FormatException">The text is not an address block; the message is the one that AWS gives.</exception>
    public static Cidr Parse(string text)
    {
        var parts = text.TrimEnd('/').Split('/');
        if (parts.Length != 2)
        {
            throw new FormatException("Malformed CIDR, one '/' required");
        }

        if (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var maskBits))
        {
            throw new FormatException("Malformed CIDR, mask bits must be an integer");
        }

        if (maskBits < 0)
        {
            throw new FormatException("Malformed CIDR, mask bits must not be negative");
        }

        var network = TryParseAddress(parts[0]) ?? throw new FormatException($"Nonstandard IP address: {parts[0]}");
        var (version, bits) = network.Length == 4 ? ("IPv4", 32) : ("IPv6", 128);
        return maskBits < bits
            ? new Cidr(network, maskBits)
            : throw new FormatException($"{version} mask bits must be < {bits}");
    }

    /// <summary>Returns the 4 or 16 bytes of an address, or null if it is not written in full.</summary>
    public static byte[]? TryParseAddress(string text) =>
        AddressForm().IsMatch(text) && IPAddress.TryParse(text, out var address) ? address.GetAddressBytes() : null;

    public override bool Matches(string text)
    {
        if (TryParseAddress(text) is not { } address || address.Length != Network.Length)
        {
            return false;
        }

        for (var bit = 0; bit < MaskBits; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if (((address[bit / 8] ^ Network[bit / 8]) & mask) != 0)
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^([0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*)\z")]
    private static partial Regex AddressForm();
}
