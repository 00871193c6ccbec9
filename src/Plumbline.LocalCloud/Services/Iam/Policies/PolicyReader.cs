using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>Reads policy documents, and says of an invalid one where and why.</summary>
internal static class PolicyReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads the policy of an identity, which names no principal.</summary>
    /// <exception cref="AwsException">400 MalformedPolicyDocument.</exception>
    public static Policy Read(string document)
    {
        if (Tree(document) is not { } tree)
        {
            throw Malformed("Syntax errors in policy.");
        }

        if (tree["Version"] is { } version && Texts(version, "Version") is not ["2012-10-17" or "2008-10-17"])
        {
            throw Malformed("The policy's Version must be 2012-10-17 or 2008-10-17.");
        }

        return tree["Statement"] switch
        {
            JsonArray { Count: > 0 } list => new Policy([.. list.Select(Statement)]),
            JsonObject one => new Policy([Statement(one)]),
            _ => throw Malformed("Missing required field Statement"),
        };
    }

    /// <summary>The tree of a document; null where it is not a JSON object.</summary>
    public static JsonObject? Tree(string document)
    {
        try
        {
            return JsonNode.Parse(document, documentOptions: Strict) as JsonObject;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static Statement Statement(JsonNode? node)
    {
        var tree = node as JsonObject ?? throw Malformed("A Statement must be an object.");
        if (tree.ContainsKey("Principal") || tree.ContainsKey("NotPrincipal"))
        {
            throw Malformed("Policy document should not specify a principal.");
        }

        return new Statement(
            Texts(tree["Effect"], "Effect") switch
            {
                ["Allow"] => true,
                ["Deny"] => false,
                _ => throw Malformed("A Statement's Effect must be Allow or Deny."),
            },
            Patterns(tree, "Action", "actions", IsAction),
            Patterns(tree, "Resource", "resources", IsResource),
            [.. (tree["Condition"] as JsonObject ?? []).SelectMany(block => Conditions(block.Key, block.Value))]
        );
    }

    private static PatternList Patterns(JsonObject tree, string member, string plural, Func<string, bool> isValid)
    {
        var negated = tree.ContainsKey("Not" + member);
        if (negated && tree.ContainsKey(member))
        {
            throw Malformed($"A Statement has either {member} or Not{member}.");
        }

        var name = negated ? "Not" + member : member;
        var patterns = tree[name] is { } node ? Texts(node, name) : [];
        if (patterns.Count == 0)
        {
            throw Malformed($"Policy statement must contain {plural}.");
        }

        return patterns.FirstOrDefault(pattern => !isValid(pattern)) is { } wrong
            ? throw Malformed(
                $"{name} \"{wrong}\" must be \"*\" or like {(member == "Action" ? "service:Operation" : "an ARN")}."
            )
            : new PatternList(patterns, negated);
    }

    private static bool IsAction(string pattern) =>
        pattern == "*" || pattern.Split(':') is [{ Length: > 0 }, { Length: > 0 }];

    private static bool IsResource(string pattern) =>
        pattern == "*"
        || pattern.StartsWith("arn:", StringComparison.Ordinal) && pattern.Split(':').Length >= 6
        || pattern.StartsWith('*')
        || pattern.StartsWith("arn:*", StringComparison.Ordinal);

    private static IEnumerable<Condition> Conditions(string name, JsonNode? block)
    {
        var quantifier =
            name.StartsWith("ForAnyValue:", StringComparison.OrdinalIgnoreCase) ? Quantifier.ForAnyValue
            : name.StartsWith("ForAllValues:", StringComparison.OrdinalIgnoreCase) ? Quantifier.ForAllValues
            : Quantifier.One;
        var operation = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var ifExists = operation.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase);
        operation = ifExists ? operation[..^"IfExists".Length] : operation;
        return Condition.IsOperator(operation) && block is JsonObject keys
            ? keys.Select(key => new Condition(operation, quantifier, ifExists, key.Key, Texts(key.Value, key.Key)))
            : throw Malformed($"The condition \"{name}\" is not an operator of IAM with keys and values.");
    }

    /// <summary>A text, or a list of texts; numbers and truth values stand for their text.</summary>
    private static List<string> Texts(JsonNode? node, string member) =>
        node switch
        {
            JsonArray list => [.. list.SelectMany(one => Texts(one, member))],
            JsonValue value when value.GetValueKind() == JsonValueKind.String => [(string)value!],
            JsonValue value => [value.ToJsonString()],
            _ => throw Malformed($"{member} must be a text or a list of texts."),
        };

    private static AwsException Malformed(string message) => new("MalformedPolicyDocument", 400, message);
}
