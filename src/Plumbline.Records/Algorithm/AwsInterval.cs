using System.Globalization;

namespace Plumbline.Records.Algorithm;

/// <summary>An interval in the form of AWS's messages: <c>[0, 1]</c>, <c>(0, +inf)</c>.</summary>
internal sealed class AwsInterval
{
    private readonly double low;
    private readonly double high;
    private readonly bool lowOpen;
    private readonly bool highOpen;

    public AwsInterval(string text)
    {
        Text = text;
        var ends = text[1..^1].Split(", ");
        low = End(ends[0]);
        high = End(ends[1]);
        lowOpen = text[0] == '(';
        highOpen = text[^1] == ')';
    }

    public string Text { get; }

    public bool Contains(double value) =>
        (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high)
        || (double.IsPositiveInfinity(value) && double.IsPositiveInfinity(high));

    private static double End(string text) =>
        text switch
        {
            "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };
}
