using System.Text.Json;
using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Events;

/// <summary>
/// Reads the list behind <c>numeric</c>: one comparison, or a range as in <c>[">", 0, "&lt;=", 5]</c>.
/// </summary>
internal sealed class NumericReader(PatternTokens tokens)
{
    private const string TooManyElements = "Too many elements in numeric expression";

    public ValueMatcher Read()
    {
        if (tokens.Next() != JsonTokenType.StartArray)
        {
            throw tokens.Refusal("Value of numeric must be an array.");
        }

        if (tokens.Next() != JsonTokenType.String)
        {
            throw tokens.Refusal($"Invalid member in numeric match: {tokens.Read()}");
        }

        return tokens.Read() switch
        {
            "=" => ReadEquals(),
            ">" => ReadFrom(NextNumber(">"), open: true),
            ">=" => ReadFrom(NextNumber(">="), open: false),
            "<" => End(new IsBetween(double.NegativeInfinity, false, NextNumber("<"), true)),
            "<=" => End(new IsBetween(double.NegativeInfinity, false, NextNumber("<="), false)),
            var other => throw Unrecognized(other),
        };
    }

    private AwsException Unrecognized(string comparison)
    {
        tokens.Next();
        return tokens.Refusal($"Unrecognized numeric range operator: {comparison}");
    }

    private IsBetween ReadEquals()
    {
        var number = NextNumber("equals");
        return End(new IsBetween(number, false, number, false));
    }

    private IsBetween ReadFrom(double bottom, bool open)
    {
        if (tokens.Next() == JsonTokenType.EndArray)
        {
            return new IsBetween(bottom, open, double.PositiveInfinity, false);
        }

        if (tokens.Kind != JsonTokenType.String)
        {
            throw tokens.Refusal($"Bad value in numeric range: {tokens.Read()}");
        }

        var comparison = tokens.Read();
        if (comparison is not ("<" or "<="))
        {
            throw tokens.Refusal($"Bad numeric range operator: {comparison}");
        }

        var top = NextNumber(comparison);
        if (top < bottom || (top <= bottom && (open || comparison == "<")))
        {
            throw PatternTokens.Invalid("Bottom must be less than top");
        }

        return End(new IsBetween(bottom, open, top, comparison == "<"), "Too many terms in numeric range expression");
    }

    private double NextNumber(string comparison)
    {
        if (tokens.Next() != JsonTokenType.Number)
        {
            throw tokens.Refusal($"Value of {comparison} must be numeric");
        }

        var text = tokens.Read();
        return ExactDouble.TryParse(text) ?? throw tokens.Refusal($"Cannot compare number : {text}");
    }

    private IsBetween End(IsBetween range, string refusal = TooManyElements) =>
        tokens.Next() == JsonTokenType.EndArray ? range : throw tokens.Refusal(refusal);
}
