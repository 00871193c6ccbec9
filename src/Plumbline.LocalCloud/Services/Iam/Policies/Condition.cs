using System.Globalization;
using System.Net;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>One operator on one condition key.</summary>
/// <param name="Operator">Without its set operator and <c>IfExists</c>.</param>
/// <param name="Quantifier">The set operator.</param>
/// <param name="IfExists">True: it holds where the key is missing.</param>
/// <param name="Key">Compared without case.</param>
/// <param name="Values">One of these has to match; negated, none may.</param>
internal sealed record Condition(
    string Operator,
    Quantifier Quantifier,
    bool IfExists,
    string Key,
    IReadOnlyList<string> Values
)
{
    /// <summary>The operators: how a value of the policy is compared with a value of the request.</summary>
    private static readonly Dictionary<string, Func<string, string, bool>> Comparisons = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["StringEquals"] = (wanted, given) => wanted == given,
        ["StringEqualsIgnoreCase"] = (wanted, given) => wanted.Equals(given, StringComparison.OrdinalIgnoreCase),
        ["StringLike"] = (wanted, given) => Wildcard.Matches(wanted, given),
        ["ArnEquals"] = ArnLike,
        ["ArnLike"] = ArnLike,
        ["Bool"] = (wanted, given) => wanted.Equals(given, StringComparison.OrdinalIgnoreCase),
        ["BinaryEquals"] = (wanted, given) => wanted == given,
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
        ["IpAddress"] = InNetwork,
    };

    /// <summary>The operators whose values are patterns.</summary>
    private static readonly HashSet<string> Patterns = new(StringComparer.OrdinalIgnoreCase)
    {
        "StringLike",
        "ArnEquals",
        "ArnLike",
    };

    /// <summary>Each negated operator and the one whose opposite it is.</summary>
    private static readonly Dictionary<string, string> Opposites = new(StringComparer.OrdinalIgnoreCase)
    {
        ["StringNotEquals"] = "StringEquals",
        ["StringNotEqualsIgnoreCase"] = "StringEqualsIgnoreCase",
        ["StringNotLike"] = "StringLike",
        ["ArnNotEquals"] = "ArnEquals",
        ["ArnNotLike"] = "ArnLike",
        ["NumericNotEquals"] = "NumericEquals",
        ["DateNotEquals"] = "DateEquals",
        ["NotIpAddress"] = "IpAddress",
    };

    /// <summary>True where IAM has such an operator.</summary>
    public static bool IsOperator(string name) =>
        name.Equals("Null", StringComparison.OrdinalIgnoreCase)
        || Comparisons.ContainsKey(name)
        || Opposites.ContainsKey(name);

    /// <summary>True where it holds for what is asked.</summary>
    public bool Holds(AccessRequest asked)
    {
        var given = asked.Context.GetValueOrDefault(Key);
        if (Operator.Equals("Null", StringComparison.OrdinalIgnoreCase))
        {
            return Values.Any(value =>
                value.Equals(given is null ? "true" : "false", StringComparison.OrdinalIgnoreCase)
            );
        }

        var isNegated = Opposites.TryGetValue(Operator, out var opposite);
        if (given is null or [])
        {
            // AWS: a missing key satisfies the negated operators and ForAllValues.
            return IfExists || isNegated || Quantifier == Quantifier.ForAllValues;
        }

        var name = opposite ?? Operator;
        var compare = Comparisons[name];
        Func<string, AccessRequest, string?> expand = Patterns.Contains(name)
            ? PolicyVariables.ExpandPattern
            : PolicyVariables.ExpandText;
        return Quantifier == Quantifier.ForAllValues ? given.All(Satisfies) : given.Any(Satisfies);

        bool Satisfies(string one) =>
            isNegated != Values.Any(value => expand(value, asked) is { } expanded && compare(expanded, one));
    }

    private static Func<string, string, bool> Numbers(Func<double, double, bool> compare) =>
        (wanted, given) =>
            double.TryParse(wanted, CultureInfo.InvariantCulture, out var limit)
            && double.TryParse(given, CultureInfo.InvariantCulture, out var number)
            && compare(number, limit);

    private static Func<string, string, bool> Times(Func<DateTimeOffset, DateTimeOffset, bool> compare) =>
        (wanted, given) => Time(wanted) is { } limit && Time(given) is { } time && compare(time, limit);

    /// <summary>ISO 8601, or seconds since 1970.</summary>
    private static DateTimeOffset? Time(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            ? seconds is > -62135596800 and < 253402300800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : null;

    /// <summary>Each of the six parts by itself: a star does not reach over a colon, but in the last.</summary>
    private static bool ArnLike(string wanted, string given)
    {
        var (pattern, arn) = (wanted.Split(':', 6), given.Split(':', 6));
        return pattern.Length == arn.Length && pattern.Zip(arn).All(pair => Wildcard.Matches(pair.First, pair.Second));
    }

    private static bool InNetwork(string wanted, string given) =>
        IPAddress.TryParse(given, out var address)
        && (
            IPNetwork.TryParse(wanted, out var network)
                ? network.Contains(address)
                : IPAddress.TryParse(wanted, out var one) && one.Equals(address)
        );
}

/// <summary>How many values of a key that has several must match.</summary>
internal enum Quantifier
{
    /// <summary>For keys of one value.</summary>
    One,

    /// <summary>One of the request's at least.</summary>
    ForAnyValue,

    /// <summary>All of the request's.</summary>
    ForAllValues,
}
