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
    private const string Null = "Null";

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
    /// <param name="name">Without its set operator and <c>IfExists</c>.</param>
    /// <param name="ifExists">True where <c>IfExists</c> follows, which <c>Null</c> does not take.</param>
    public static bool IsOperator(string name, bool ifExists) =>
        IsNull(name) ? !ifExists : Comparison.All.ContainsKey(name) || Opposites.ContainsKey(name);

    /// <summary>True where it holds for what is asked.</summary>
    public bool Holds(AccessRequest asked)
    {
        var given = asked.Context.GetValueOrDefault(Key);
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
            // AWS counts an empty text as no value there.
            Quantifier.ForAllValues => given.All(one => one.Length == 0) || given.All(one => isNegated != Matches(one)),
            Quantifier.ForAnyValue => given.Any(one => isNegated != Matches(one)),
            _ => isNegated != given.Any(Matches),
        };

        bool Matches(string one) =>
            Values.Any(value => compare.Expand(value, asked) is { } expanded && compare.Holds(expanded, one));
    }

    private static bool IsNull(string name) => name.Equals(Null, StringComparison.OrdinalIgnoreCase);
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
