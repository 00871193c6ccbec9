using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>The kinds of policy documents.</summary>
internal enum PolicyKind
{
    /// <summary>The rights of a role.</summary>
    Identity,

    /// <summary>The principals that may assume a role.</summary>
    Trust,

    /// <summary>The rights of principals in a bucket.</summary>
    Bucket,
}

/// <summary>Reads policy documents; the error for an invalid one says where and why.</summary>
internal static partial class PolicyReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly HashSet<string> Elements = ["Version", "Id", "Statement"];

    private static readonly HashSet<string> StatementElements =
    [
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    ];

    /// <exception cref="AwsException">
    /// 400 MalformedPolicyDocument, or MalformedPolicy for a bucket's policy.
    /// </exception>
    public static Policy Read(string document, PolicyKind kind = PolicyKind.Identity)
    {
        try
        {
            return ReadTree(document, kind);
        }
        catch (AwsException malformed) when (kind == PolicyKind.Bucket)
        {
            throw new AwsException("MalformedPolicy", 400, malformed.Message);
        }
    }

    /// <summary>An older version stored documents without checking them: an invalid one allows nothing.</summary>
    public static Policy ReadKept(string document, PolicyKind kind = PolicyKind.Identity)
    {
        try
        {
            return Read(document, kind);
        }
        catch (AwsException)
        {
            return new Policy([]);
        }
    }

    private static Policy ReadTree(string document, PolicyKind kind)
    {
        if (Tree(document) is not { } tree)
        {
            throw Malformed(
                kind == PolicyKind.Trust ? "This policy contains invalid Json" : "Syntax errors in policy."
            );
        }

        if (tree.FirstOrDefault(member => !Elements.Contains(member.Key)).Key is { } unknown)
        {
            throw Malformed($"Syntax errors in policy. A policy has no element {unknown}.");
        }

        var version = tree["Version"] is { } node ? Texts(node, "Version") : ["2008-10-17"];
        if (version is not ["2012-10-17" or "2008-10-17"])
        {
            throw Malformed("The policy's Version must be 2012-10-17 or 2008-10-17.");
        }

        List<JsonNode?> statements = tree["Statement"] switch
        {
            JsonArray { Count: > 0 } list => [.. list],
            JsonObject one => [one],
            _ => throw Malformed("Missing required field Statement"),
        };
        CheckSids(statements, kind);

        // Only the newer version has variables: in the older one they are plain text, so their dollar is escaped as
        // ${$}.
        var isNew = version is ["2012-10-17"];
        return new Policy([
            .. statements.Select(one =>
                Statement(one, kind, text => isNew ? text : text.Replace("${", "${$}{", StringComparison.Ordinal))
            ),
        ]);
    }

    private static JsonObject? Tree(string document)
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

    private static Statement Statement(JsonNode? node, PolicyKind kind, Func<string, string> text)
    {
        var tree = node as JsonObject ?? throw Malformed("A Statement must be an object.");
        if (tree.FirstOrDefault(member => !StatementElements.Contains(member.Key)).Key is { } unknown)
        {
            throw Malformed($"Syntax errors in policy. A Statement has no element {unknown}.");
        }

        var allows = Texts(tree["Effect"], "Effect") switch
        {
            ["Allow"] => true,
            ["Deny"] => false,
            _ => throw Malformed("A Statement's Effect must be Allow or Deny."),
        };
        return new Statement(
            allows,
            PrincipalReader.Read(tree, kind, allows),
            Actions(tree, kind),
            kind == PolicyKind.Trust ? NoResources(tree) : Resources(tree, text),
            tree["Condition"] switch
            {
                null when !tree.ContainsKey("Condition") => [],
                JsonObject blocks => [.. blocks.SelectMany(block => Conditions(block.Key, block.Value, text))],
                _ => throw Malformed("A Statement's Condition must be an object of operators."),
            }
        );
    }

    private static PatternList Actions(JsonObject tree, PolicyKind kind)
    {
        var actions = Patterns(tree, "Action", "actions", IsAction, "service:Operation");
        var prefix = kind switch
        {
            PolicyKind.Trust => "sts:",
            PolicyKind.Bucket => "s3:",
            _ => "",
        };
        return
            kind == PolicyKind.Bucket && actions.Patterns.Contains("*")
            || actions.Patterns.All(action => action.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            ? actions
            : throw Malformed(
                kind == PolicyKind.Trust
                    ? "AssumeRole policy may only specify STS AssumeRole actions."
                    : "Policy has invalid action"
            );
    }

    private static PatternList Resources(JsonObject tree, Func<string, string> text)
    {
        var resources = Patterns(tree, "Resource", "resources", IsResource, "an ARN");
        return resources with { Patterns = [.. resources.Patterns.Select(pattern => text(Completed(pattern)))] };
    }

    /// <summary>A role's trust policy applies to that role.</summary>
    private static PatternList NoResources(JsonObject tree) =>
        tree.ContainsKey("Resource") || tree.ContainsKey("NotResource")
            ? throw Malformed("Has prohibited field Resource")
            : new PatternList(["*"], Negated: false);

    private static PatternList Patterns(
        JsonObject tree,
        string member,
        string plural,
        Func<string, bool> isValid,
        string form
    )
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
            ? throw Malformed($"{name} \"{wrong}\" must be \"*\" or like {form}.")
            : new PatternList(patterns, negated);
    }

    private static bool IsAction(string pattern) =>
        pattern == "*" || pattern.Split(':') is [{ Length: > 0 }, { Length: > 0 }];

    private static bool IsResource(string pattern) =>
        pattern.StartsWith("arn:", StringComparison.Ordinal) || pattern.StartsWith('*');

    /// <summary>AWS treats the missing parts of an ARN as stars.</summary>
    private static string Completed(string pattern) =>
        pattern.StartsWith("arn:", StringComparison.Ordinal)
            ? pattern + string.Concat(Enumerable.Repeat(":*", Math.Max(0, 5 - pattern.Count(one => one == ':'))))
            : pattern;

    private static IEnumerable<PolicyCondition> Conditions(string name, JsonNode? block, Func<string, string> text)
    {
        var (set, operation) = name.Split(':', 2) is [var before, var behind] ? (before, behind) : ("", name);
        var ifExists = operation.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase);
        operation = ifExists ? operation[..^"IfExists".Length] : operation;
        Quantifier? quantifier =
            set.Length == 0 ? Quantifier.One
            : set.Equals("ForAnyValue", StringComparison.OrdinalIgnoreCase) ? Quantifier.ForAnyValue
            : set.Equals("ForAllValues", StringComparison.OrdinalIgnoreCase) ? Quantifier.ForAllValues
            : null;
        return quantifier is { } found && PolicyCondition.IsOperator(operation, ifExists) && block is JsonObject keys
            ? keys.Select(key => new PolicyCondition(
                operation,
                found,
                ifExists,
                key.Key,
                [.. Texts(key.Value, key.Key).Select(text)]
            ))
            : throw Malformed($"The condition \"{name}\" is not an operator of IAM with keys and values.");
    }

    private static void CheckSids(List<JsonNode?> statements, PolicyKind kind)
    {
        var sids = statements
            .OfType<JsonObject>()
            .Where(statement => statement.ContainsKey("Sid"))
            .Select(statement =>
                Texts(statement["Sid"], "Sid") is [var sid] ? sid : throw Malformed("Sid must be a text.")
            )
            .Where(sid => sid.Length > 0)
            .ToList();
        if (kind != PolicyKind.Bucket && sids.Exists(sid => !Sid().IsMatch(sid)))
        {
            throw Malformed(
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
            );
        }

        if (sids.Distinct().Count() < sids.Count)
        {
            throw Malformed("Statement IDs (SID) in a single policy must be unique.");
        }
    }

    /// <summary>Reads a text or a list of texts; numbers and booleans count as their text.</summary>
    public static List<string> Texts(JsonNode? node, string member) =>
        node is JsonArray list ? [.. list.Select(one => Text(one, member))] : [Text(node, member)];

    private static string Text(JsonNode? node, string member) =>
        node switch
        {
            JsonValue value when value.GetValueKind() == JsonValueKind.String => (string)value!,
            JsonValue value => value.ToJsonString(),
            _ => throw Malformed($"{member} must be a text or a list of texts."),
        };

    /// <summary>IAM's error for an invalid document.</summary>
    public static AwsException Malformed(string message) => new("MalformedPolicyDocument", 400, message);

    [GeneratedRegex(@"\A[0-9A-Za-z]*\z")]
    private static partial Regex Sid();
}
