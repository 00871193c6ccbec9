using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// Checked truths, ready to be written as one object of ground truth in AWS's format. Its key follows from its content
/// or its origin, so that a delivery that is repeated after an error adds nothing.
/// </summary>
/// <param name="Key">The object's key in the loop's bucket.</param>
/// <param name="Text">The object's text, one line per truth.</param>
/// <param name="Truths">The number of truths.</param>
public sealed record TruthDelivery(string Key, string Text, int Truths)
{
    /// <summary>The metadata of an object that names who delivered its truths.</summary>
    public const string Who = "who";

    /// <summary>The metadata of an object with the reason for its truths.</summary>
    public const string Reason = "reason";

    /// <param name="way">How the truths came: <c>import</c>, <c>api</c> or <c>drop</c>.</param>
    /// <param name="time">The time of the delivery, which the key has to the hour.</param>
    /// <param name="lines">The truths, by <see cref="TruthFile"/>.</param>
    /// <param name="origin">Names the delivery if it is one only; null if equal truths are the same delivery.</param>
    public static TruthDelivery Of(string way, DateTimeOffset time, IReadOnlyList<string> lines, string? origin = null)
    {
        var text = string.Join('\n', lines) + "\n";
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin ?? text)))[..16];
        var key = $"{Layout.GroundTruth}{Layout.Hour(time)}/{way}-{id}{Layout.Lines}";
        return new TruthDelivery(key, text, lines.Count);
    }

    /// <summary>The metadata of the object; empty values are left out.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(string? who, string? reason) =>
        new[] { (Name: Who, Value: who), (Name: Reason, Value: reason) }
            .Where(one => !string.IsNullOrWhiteSpace(one.Value))
            // S3's metadata are headers, which are ASCII.
            .ToDictionary(one => one.Name, one => Uri.EscapeDataString(one.Value!.Trim()));
}
