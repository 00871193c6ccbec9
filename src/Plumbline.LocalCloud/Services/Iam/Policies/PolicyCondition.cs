namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>One operator on one condition key.</summary>
/// <param name="Operator">The operator without its set operator and <c>IfExists</c>.</param>
/// <param name="Quantifier">The set operator.</param>
/// <param name="IfExists">True if it holds for a missing key.</param>
/// <param name="Key">The condition key, compared ignoring case.</param>
/// <param name="Values">One of these must match; with a negated operator, none may.</param>
internal sealed record PolicyCondition(
    string Operator,
    Quantifier Quantifier,
    bool IfExists,
    string Key,
    IReadOnlyList<string> Values
)
{
    private const string Null = "Null";

    /// <summary>Each negated operator, with its opposite.</summary>
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

    /// <summary>True if IAM has this operator.</summary>
    /// <param name="name">The operator without its set operator and <c>IfExists</c>.</param>
    /// <param name="ifExists">True if <c>IfExists</c> follows, which <c>Null</c> does not allow.</param>
    public static bool IsOperator(string name, bool ifExists) =>
        IsNull(name) ? !ifExists : Comparison.All.ContainsKey(name) || Opposites.ContainsKey(name);

    /// <summary>True if it holds for the request.</summary>
    public bool Holds(AccessRequest asked)
    {
        var given = asked.Context[Key];
        if (IsNull(Operator))
        {
            return Values.Any(value =>
                value.Equals(given is null or [] ? "true" : "false", StringComparison.OrdinalIgnoreCase)
            );
        }

        var isNegated = Opposites.TryGetValue(Operator, out var opposite);
        if (given is null or [])
        {
            // AWS: a missing key satisfies ForAllValues, never ForAnyValue, and without a set operator the negated operators.
            return IfExists || (Quantifier == Quantifier.One ? isNegated : Quantifier == Quantifier.ForAllValues);
        }

        var compare = Comparison.All[opposite ?? Operator];
        return Quantifier switch
        {
            // AWS treats an empty text as a missing value there.
            Quantifier.ForAllValues => given.All(one => one.Length == 0) || given.All(one => isNegated != Matches(one)),
            Quantifier.ForAnyValue => given.Any(one => isNegated != Matches(one)),
            _ => isNegated != given.Any(Matches),
        };

        bool Matches(string one) =>
            Values.Any(value => compare.Expand(value, asked) is { } expanded && compare.Holds(expanded, one));
    }

    private static bool IsNull(string name) => name.Equals(Null, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The number of values that must match, for a key with several values in the request.</summary>
internal enum Quantifier
{
    /// <summary>The key has one value.</summary>
    One,

    /// <summary>At least one of the request's values must match.</summary>
    ForAnyValue,

    /// <summary>All of the request's values must match.</summary>
    ForAllValues,
}
