using System.Text.Json;

namespace Plumbline.Aws.Events;

/// <summary>
/// Reads a pattern into branches. Each is a list of matchers by path, and one branch must match. Only <c>$or</c> makes
/// several branches.
/// </summary>
internal sealed class PatternReader(string text)
{
    private static readonly HashSet<string> ReservedInOr = new(StringComparer.Ordinal)
    {
        "exactly",
        "equals-ignore-case",
        "prefix",
        "suffix",
        "anything-but",
        "exists",
        "wildcard",
        "numeric",
        "cidr",
        "=",
        "<",
        "<=",
        ">",
        ">=",
        "regex",
        "not-wildcard",
        "not-equals-ignore-case",
        "date-after",
        "date-on-or-after",
        "date-before",
        "date-on-or-before",
        "in-date-range",
        "ip-address-in-range",
        "ip-address-not-in-range",
    };

    private readonly PatternTokens tokens = new(text);

    public IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<ValueMatcher>>> Read()
    {
        if (tokens.Next() != JsonTokenType.StartObject)
        {
            throw tokens.Refusal("Filter is not an object");
        }

        var branches = new List<Branch>();
        ReadObject(branches, "", inOr: false);
        return branches;
    }

    private void ReadObject(List<Branch> branches, string path, bool inOr)
    {
        var empty = true;
        while (tokens.Next() != JsonTokenType.EndObject)
        {
            empty = false;
            var name = tokens.Read();
            if (name == "$or")
            {
                ReadOr(branches, path);
                continue;
            }

            if (inOr && ReservedInOr.Contains(name))
            {
                throw tokens.Refusal($"{name} is Ruler reserved fieldName which cannot be used inside $or.");
            }

            var memberPath = path.Length == 0 ? name : $"{path}.{name}";
            switch (tokens.Next())
            {
                case JsonTokenType.StartObject:
                    ReadObject(branches, memberPath, inOr);
                    break;
                case JsonTokenType.StartArray:
                    AddToEach(branches, memberPath, ReadValues());
                    break;
                default:
                    throw tokens.Refusal($"\"{name}\" must be an object or an array");
            }
        }

        if (empty)
        {
            throw tokens.Refusal("Empty objects are not allowed");
        }
    }

    private void ReadOr(List<Branch> branches, string path)
    {
        if (tokens.Next() != JsonTokenType.StartArray)
        {
            throw tokens.Refusal("It must be an Array followed with $or.");
        }

        List<Branch> before = branches.Count == 0 ? [new Branch()] : [.. branches];
        branches.Clear();
        var alternatives = 0;
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            if (tokens.Kind != JsonTokenType.StartObject)
            {
                throw tokens.Refusal("Only JSON object is allowed in array of $or relationship.");
            }

            alternatives++;
            List<Branch> alternative = [.. before.Select(branch => new Branch(branch))];
            ReadObject(alternative, path, inOr: true);
            branches.AddRange(alternative);
        }

        if (alternatives < 2)
        {
            throw tokens.Refusal("There must have at least 2 Objects in $or relationship.");
        }
    }

    private List<ValueMatcher> ReadValues()
    {
        var values = new List<ValueMatcher>();
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            values.Add(ReadValue());
        }

        return values.Count > 0 ? values : throw tokens.Refusal("Empty arrays are not allowed");
    }

    private ValueMatcher ReadValue() =>
        tokens.Kind switch
        {
            JsonTokenType.StartObject => new MatcherReader(tokens).Read(),
            JsonTokenType.String => new IsText(tokens.Read()),
            JsonTokenType.Number => new IsNumber(tokens.Read()),
            JsonTokenType.True => new IsLiteral(JsonValueKind.True),
            JsonTokenType.False => new IsLiteral(JsonValueKind.False),
            JsonTokenType.Null => new IsLiteral(JsonValueKind.Null),
            _ => throw tokens.Refusal("Match value must be String, number, true, false, or null"),
        };

    private static void AddToEach(List<Branch> branches, string path, List<ValueMatcher> values)
    {
        if (branches.Count == 0)
        {
            branches.Add(new Branch());
        }

        branches.ForEach(branch => branch[path] = values);
    }

    private sealed class Branch : Dictionary<string, IReadOnlyList<ValueMatcher>>
    {
        public Branch()
            : base(StringComparer.Ordinal) { }

        public Branch(Branch other)
            : base(other, StringComparer.Ordinal) { }
    }
}
