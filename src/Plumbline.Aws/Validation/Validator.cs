using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Validation;

/// <summary>Checks an input against the constraints of AWS's model, and answers in AWS's words.</summary>
public static class Validator
{
    /// <summary>Checks an operation's input.</summary>
    /// <exception cref="AwsException">
    /// The service's error for it, 400: "1 validation error detected: Value '..' at '..' failed to satisfy constraint: ..".
    /// </exception>
    public static void Check(Operation operation, JsonObject input)
    {
        if (operation.Input is not { } shape)
        {
            return;
        }

        var violations = new List<string>();
        CheckStructure(input, shape, "", violations);
        if (violations.Count > 0)
        {
            throw Error(operation.Service, violations);
        }
    }

    private static AwsException Error(ServiceModel service, List<string> violations)
    {
        var count = violations.Count == 1 ? "1 validation error" : $"{violations.Count} validation errors";
        return new AwsException(CodeOf(service), 400, $"{count} detected: {string.Join("; ", violations)}");
    }

    private static string CodeOf(ServiceModel service) =>
        service.Id switch
        {
            "logs" => "InvalidParameterException",
            "codebuild" => "InvalidInputException",
            "sagemaker-runtime" or "monitoring" or "sns" or "iam" or "sts" => "ValidationError",
            "s3" => "InvalidArgument",
            _ => "ValidationException",
        };

    private static void CheckStructure(JsonObject tree, Shape shape, string path, List<string> violations)
    {
        foreach (var (name, member) in shape.Members)
        {
            var at = path.Length == 0 ? Decapitalize(name) : $"{path}.{Decapitalize(name)}";
            if (tree[name] is { } value)
            {
                Check(value, member, at, violations);
            }
            else if (shape.Required.Contains(name) && !member.Streaming)
            {
                violations.Add($"Value null at '{at}' failed to satisfy constraint: Member must not be null");
            }
        }
    }

    private static void Check(JsonNode value, Shape shape, string path, List<string> violations)
    {
        foreach (var broken in Constraints.Of(shape).Where(constraint => !constraint.Holds(value)))
        {
            violations.Add($"Value '{Show(value)}' at '{path}' failed to satisfy constraint: {broken.Words}");
        }

        switch (value, shape.Kind)
        {
            case (JsonObject tree, ShapeKind.Structure):
                CheckStructure(tree, shape, path, violations);
                break;
            case (JsonArray list, ShapeKind.List):
                CheckItems(list, list, shape.Member, path, "Member", violations);
                break;
            case (JsonObject map, ShapeKind.Map):
                var keys = map.Select(entry => (JsonNode?)entry.Key);
                CheckItems(map, keys, shape.Key, path, "Map keys", violations);
                CheckItems(map, map.Select(entry => entry.Value), shape.Value, path, "Map value", violations);
                break;
        }
    }

    /// <summary>Simple items are reported with their container, as AWS does; the others by their own place.</summary>
    private static void CheckItems(
        JsonNode container,
        IEnumerable<JsonNode?> items,
        Shape shape,
        string path,
        string which,
        List<string> violations
    )
    {
        if (shape.Kind is ShapeKind.Structure or ShapeKind.List or ShapeKind.Map)
        {
            var number = 0;
            foreach (var item in items)
            {
                number++;
                if (item is not null)
                {
                    Check(item, shape, $"{path}.{number}.member", violations);
                }
            }

            return;
        }

        var constraints = Constraints.Of(shape);
        if (items.OfType<JsonNode>().Any(item => constraints.Any(constraint => !constraint.Holds(item))))
        {
            var words = string.Join(", ", constraints.Select(constraint => constraint.Words));
            violations.Add(
                $"Value '{Show(container)}' at '{path}' failed to satisfy constraint: {which} must satisfy constraint: [{words}]"
            );
        }
    }

    private static string Show(JsonNode value) =>
        value switch
        {
            JsonArray list => $"[{string.Join(", ", list.OfType<JsonNode>().Select(Show))}]",
            JsonObject map =>
                $"{{{string.Join(", ", map.Select(entry => $"{entry.Key}={(entry.Value is null ? "null" : Show(entry.Value))}"))}}}",
            _ => Tree.Text(value) ?? value.ToJsonString(),
        };

    private static string Decapitalize(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(name[0])}{name.AsSpan(1)}");
}
