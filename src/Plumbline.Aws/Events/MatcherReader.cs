using System.Text.Json;
using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Events;

/// <summary>Reads one content filter, such as <c>{"prefix": "a"}</c>, from behind its opening brace.</summary>
internal sealed class MatcherReader(PatternTokens tokens)
{
    private const string OnlyOneKey = "Only one key allowed in match expression";
    private const string TooManyElements = "Too many elements in numeric expression";

    /// <summary>AWS publishes no limit; it refuses six wildcards.</summary>
    private const int MostWildcards = 5;

    public ValueMatcher Read()
    {
        if (tokens.Next() != JsonTokenType.PropertyName)
        {
            throw tokens.Refusal("Match expression name not found");
        }

        return tokens.Read() switch
        {
            "exactly" => End(new IsText(NextText("exact"))),
            "prefix" => ReadPrefix(),
            "suffix" => ReadSuffix(),
            "equals-ignore-case" => End(new IsTextIgnoringCase(NextText("equals-ignore-case"))),
            "wildcard" => End(Wildcard(NextText("wildcard"))),
            "cidr" => ReadCidr(),
            "numeric" => End(new NumericReader(tokens).Read(), TooManyElements),
            "exists" => ReadExists(),
            "anything-but" => ReadAnythingBut(),
            var other => throw tokens.Refusal($"Unrecognized match type {other}"),
        };
    }

    private ValueMatcher ReadPrefix() =>
        tokens.Next() == JsonTokenType.StartObject
            ? End(End(new HasPrefix(TextIgnoringCase("prefix"), StringComparison.OrdinalIgnoreCase)))
            : End(new HasPrefix(Text("prefix match pattern must be a string")));

    private ValueMatcher ReadSuffix() =>
        tokens.Next() == JsonTokenType.StartObject
            ? End(End(new HasSuffix(TextIgnoringCase("suffix"), StringComparison.OrdinalIgnoreCase)))
            : End(new HasSuffix(Text("suffix match pattern must be a string")));

    private string TextIgnoringCase(string of)
    {
        if (tokens.Next() != JsonTokenType.PropertyName)
        {
            throw tokens.Refusal($"{char.ToUpperInvariant(of[0])}{of[1..]} expression name not found");
        }

        return tokens.Read() is "equals-ignore-case"
            ? NextText("equals-ignore-case")
            : throw tokens.Refusal($"Unsupported {of} pattern: {tokens.Read()}");
    }

    private ValueMatcher ReadCidr()
    {
        tokens.Next();
        var block = Text("prefix match pattern must be a string");
        try
        {
            return End(Cidr.Parse(block));
        }
        catch (FormatException exception)
        {
            throw PatternTokens.Invalid(exception.Message);
        }
    }

    private ValueMatcher ReadExists() =>
        tokens.Next() switch
        {
            JsonTokenType.True => End(new IsPresent()),
            JsonTokenType.False => End(new IsAbsent()),
            _ => throw tokens.Refusal("exists match pattern must be either true or false."),
        };

    private IsAnythingBut ReadAnythingBut()
    {
        if (tokens.Next() != JsonTokenType.StartObject)
        {
            return ReadPlainOthers();
        }

        if (tokens.Next() != JsonTokenType.PropertyName)
        {
            throw tokens.Refusal("Anything-But expression name not found");
        }

        var filter = tokens.Read();
        Func<bool, ValueMatcher?> read = filter switch
        {
            "equals-ignore-case" => _ => ReadText() is { } text ? new IsTextIgnoringCase(text) : null,
            "prefix" => inList => ReadAffix(inList) is { } text ? new HasPrefix(text) : null,
            "suffix" => inList => ReadAffix(inList) is { } text ? new HasSuffix(text) : null,
            "wildcard" => _ => ReadText() is { } text ? Wildcard(text) : null,
            _ => throw tokens.Refusal($"Unsupported anything-but pattern: {filter}"),
        };
        var refusal = filter switch
        {
            "equals-ignore-case" =>
                "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
            "wildcard" => "wildcard match pattern must be a string",
            _ => "prefix/suffix match pattern must be a string",
        };
        tokens.Next();
        return End(End(new IsAnythingBut(ReadOthers(read, refusal)), TooManyElements), TooManyElements);
    }

    /// <summary>Reads the one value or the list of values behind <c>anything-but</c>.</summary>
    /// <param name="read">
    /// Reads the current token; its argument is true inside a list. Returns null for a kind that is not allowed.
    /// </param>
    /// <param name="refusal">The reason of the error for such a kind.</param>
    private List<ValueMatcher> ReadOthers(Func<bool, ValueMatcher?> read, string refusal)
    {
        if (tokens.Kind is not (JsonTokenType.StartArray or JsonTokenType.String or JsonTokenType.Number))
        {
            throw tokens.Refusal("Value of anything-but must be an array or single string/number value.");
        }

        if (tokens.Kind != JsonTokenType.StartArray)
        {
            return [read(false) ?? throw tokens.Refusal(refusal)];
        }

        var others = new List<ValueMatcher>();
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            others.Add(read(true) ?? throw tokens.Refusal(refusal, inList: true));
        }

        return others;
    }

    private IsAnythingBut ReadPlainOthers()
    {
        var others = ReadOthers(Plain, "Inside anything but list, start|null|boolean is not supported.");
        var numbers = others.Count(other => other is IsNumber);
        return others.Count > 0 && (numbers == 0 || numbers == others.Count)
            ? End(new IsAnythingBut(others), TooManyElements)
            : throw tokens.Refusal(
                "Inside anything but list, either all values are number or string, mixed type is not supported"
            );
    }

    private ValueMatcher? Plain(bool inList) =>
        tokens.Kind switch
        {
            JsonTokenType.String => new IsText(tokens.Read()),
            JsonTokenType.Number => new IsNumber(tokens.Read()),
            _ => null,
        };

    private string? ReadText() => tokens.Kind == JsonTokenType.String ? tokens.Read() : null;

    private string? ReadAffix(bool inList) =>
        ReadText() is "" ? throw tokens.Refusal("Null prefix/suffix not allowed", inList) : ReadText();

    private IsLike Wildcard(string wildcard)
    {
        // Like AWS, count positions from the opening quote.
        var stars = 0;
        for (var at = 0; at < wildcard.Length; at++)
        {
            switch (wildcard[at])
            {
                case '*' when at + 1 < wildcard.Length && wildcard[at + 1] == '*':
                    throw tokens.Refusal($"Consecutive wildcard characters at pos {at + 1}");
                case '*':
                    stars++;
                    break;
                case '\\' when at + 1 < wildcard.Length && wildcard[at + 1] is '*' or '\\':
                    at++;
                    break;
                case '\\':
                    throw tokens.Refusal($"Invalid escape character at pos {at + 1}");
                default:
                    break;
            }
        }

        return stars <= MostWildcards
            ? new IsLike(wildcard)
            : throw PatternTokens.Invalid(
                "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character"
            );
    }

    private string NextText(string filter)
    {
        tokens.Next();
        return Text($"{filter} match pattern must be a string");
    }

    private string Text(string refusal) =>
        tokens.Kind == JsonTokenType.String ? tokens.Read() : throw tokens.Refusal(refusal);

    private T End<T>(T matcher, string refusal = OnlyOneKey) =>
        tokens.Next() == JsonTokenType.EndObject ? matcher : throw tokens.Refusal(refusal);
}
