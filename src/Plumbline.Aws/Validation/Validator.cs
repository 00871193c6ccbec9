using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Validation;

/// <summary>Checks an input against the constraints of AWS's model; the errors have AWS's words.</summary>
public static class Validator
{
    /// <exception cref="AwsException">
    /// The service's error, status 400: "1 validation error detected: Value '..' at '..' failed to satisfy constraint:
    /// ..".
    /// </exception>
    public static void Check(Operation operation, JsonObject input)
    {
        if (operation.Input is not { } shape)
        {
            return;
        }

        var violations = new List<string>();
        CheckStructure(input, shape, null, violations);
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
            "sagemaker-runtime" or "monitoring" or "sns" or "iam" or "sts" or "cloudformation" => "ValidationError",
            _ => "ValidationException",
        };

    private static void CheckStructure(JsonObject tree, Shape shape, MemberPath? place, List<string> violations)
    {
        foreach (var (name, member) in shape.Members)
        {
            if (tree[name] is { } value)
            {
                Check(value, member, place, name, violations);
            }
            else if (shape.Required.Contains(name) && !member.Streaming)
            {
                violations.Add(Absent(new MemberPath(place, name)));
            }
        }
    }

    private static string Absent(MemberPath at) =>
        $"Value null at '{at}' failed to satisfy constraint: Member must not be null";

    private static void Check(JsonNode value, Shape shape, MemberPath? parent, string name, List<string> violations)
    {
        foreach (var constraint in Constraints.Of(shape))
        {
            if (!constraint.Holds(value))
            {
                var at = new MemberPath(parent, name);
                violations.Add(
                    $"Value '{ShownValue.Of(value, shape)}' at '{at}' failed to satisfy constraint: {constraint.Words}"
                );
            }
        }

        switch (value, shape.Kind)
        {
            case (JsonObject tree, ShapeKind.Structure):
                CheckStructure(tree, shape, new MemberPath(parent, name), violations);
                break;
            case (JsonArray list, ShapeKind.List):
                CheckItems((list, shape), list, shape.Member, new MemberPath(parent, name), "Member", violations);
                break;
            case (JsonObject map, ShapeKind.Map):
                var place = new MemberPath(parent, name);
                CheckItems(
                    (map, shape),
                    map.Select(entry => (JsonNode?)entry.Key),
                    shape.Key,
                    place,
                    "Map keys",
                    violations
                );
                CheckItems((map, shape), map.Select(entry => entry.Value), shape.Value, place, "Map value", violations);
                break;
        }
    }

    /// <summary>Like AWS, reports a simple item with its container, and any other item by its own place.</summary>
    private static void CheckItems(
        (JsonNode Value, Shape Shape) container,
        IEnumerable<JsonNode?> items,
        Shape shape,
        MemberPath place,
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
                    Check(item, shape, place, $"{number}.member", violations);
                }
                else
                {
                    violations.Add(Absent(new MemberPath(place, $"{number}.member")));
                }
            }

            return;
        }

        if (items.Any(item => item is null))
        {
            violations.Add(
                $"Value '{ShownValue.Of(container.Value, container.Shape)}' at '{place}' failed to satisfy constraint: {which} must not be null"
            );
        }

        var constraints = Constraints.Of(shape);
        if (
            constraints.Length > 0
            && items.OfType<JsonNode>().Any(item => Array.Exists(constraints, constraint => !constraint.Holds(item)))
        )
        {
            var words = string.Join(", ", constraints.Select(constraint => constraint.Words));
            violations.Add(
                $"Value '{ShownValue.Of(container.Value, container.Shape)}' at '{place}' failed to satisfy constraint: {which} must satisfy constraint: [{words}]"
            );
        }
    }
}
