using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plumbline.Aws.Events;

/// <summary>One entry of a pattern's list.</summary>
internal abstract record ValueMatcher
{
    public abstract bool Matches(JsonElement value);
}

internal abstract record TextMatcher : ValueMatcher
{
    public sealed override bool Matches(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Matches(value.GetString()!);

    public abstract bool Matches(string text);
}

/// <summary>Matches the same text, or the same IP address in another spelling.</summary>
internal sealed record IsText(string Text) : TextMatcher
{
    private readonly byte[]? address = Cidr.TryParseAddress(Text);

    public override bool Matches(string text) =>
        address is null
            ? string.Equals(text, Text, StringComparison.Ordinal)
            : Cidr.TryParseAddress(text) is { } other && other.AsSpan().SequenceEqual(address);
}

internal sealed record IsTextIgnoringCase(string Text) : TextMatcher
{
    public override bool Matches(string text) => string.Equals(text, Text, StringComparison.OrdinalIgnoreCase);
}

internal sealed record HasPrefix(string Prefix, StringComparison Comparison = StringComparison.Ordinal) : TextMatcher
{
    public override bool Matches(string text) => text.StartsWith(Prefix, Comparison);
}

internal sealed record HasSuffix(string Suffix, StringComparison Comparison = StringComparison.Ordinal) : TextMatcher
{
    public override bool Matches(string text) => text.EndsWith(Suffix, Comparison);
}

/// <summary>
/// Matches a text in which <c>*</c> stands for any characters; <c>\*</c> and <c>\\</c> stand for themselves.
/// </summary>
internal sealed record IsLike(string Wildcard) : TextMatcher
{
    private readonly Regex regex = new(
        "^" + Regex.Replace(Wildcard, @"\\[*\\]|\*|[^*\\]+", Translate) + @"\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    );

    public override bool Matches(string text) => regex.IsMatch(text);

    private static string Translate(Match part) =>
        part.Value switch
        {
            "*" => ".*",
            ['\\', var escaped] => Regex.Escape(escaped.ToString()),
            _ => Regex.Escape(part.Value),
        };
}

/// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed record IsLiteral(JsonValueKind Kind) : ValueMatcher
{
    public override bool Matches(JsonElement value) => value.ValueKind == Kind;
}

/// <summary>Matches the same number; if a double cannot hold it, the same digits.</summary>
internal sealed record IsNumber(string Text) : ValueMatcher
{
    private readonly double? number = ExactDouble.TryParse(Text);

    public override bool Matches(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && (
            string.Equals(value.GetRawText(), Text, StringComparison.Ordinal)
            || (number is not null && ExactDouble.TryParse(value.GetRawText()) == number)
        );
}

/// <summary>Matches a number between two bounds; either may be missing or excluded.</summary>
internal sealed record IsBetween(double Bottom, bool OpenBottom, double Top, bool OpenTop) : ValueMatcher
{
    public override bool Matches(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && ExactDouble.TryParse(value.GetRawText()) is { } number
        && (OpenBottom ? number > Bottom : number >= Bottom)
        && (OpenTop ? number < Top : number <= Top);
}

/// <summary>Matches any leaf that none of the others matches.</summary>
internal sealed record IsAnythingBut(IReadOnlyList<ValueMatcher> Others) : ValueMatcher
{
    public override bool Matches(JsonElement value) => !Others.Any(other => other.Matches(value));
}

internal sealed record IsPresent : ValueMatcher
{
    public override bool Matches(JsonElement value) => true;
}

/// <summary>Matches a missing field, and therefore no value.</summary>
internal sealed record IsAbsent : ValueMatcher
{
    public override bool Matches(JsonElement value) => false;
}
