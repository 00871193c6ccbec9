using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Validation;

/// <summary>One constraint of a shape: its text in AWS's words, and its check.</summary>
internal sealed record Constraint(string Words, Func<JsonNode, bool> Holds);

/// <summary>The constraints of a shape: enum, length or range, pattern.</summary>
internal static class Constraints
{
    private static readonly ConcurrentDictionary<Shape, Constraint[]> Made = new();

    public static Constraint[] Of(Shape shape) => Made.GetOrAdd(shape, static key => [.. Make(key)]);

    private static IEnumerable<Constraint> Make(Shape shape)
    {
        var isNumber = shape.Kind is ShapeKind.Integer or ShapeKind.Long or ShapeKind.Double or ShapeKind.Float;
        var measured = isNumber ? "value" : "length";
        if (shape.Max is { } max)
        {
            yield return new(
                $"Member must have {measured} less than or equal to {Text(max)}",
                value => Measure(value, shape) <= max
            );
        }

        if (shape.Min is { } min)
        {
            yield return new(
                $"Member must have {measured} greater than or equal to {Text(min)}",
                value => Measure(value, shape) >= min
            );
        }

        if (shape.Kind == ShapeKind.String && shape.Pattern is { } pattern)
        {
            yield return new(
                $"Member must satisfy regular expression pattern: {pattern}",
                value => Patterns.Matches(pattern, Tree.Text(value) ?? "")
            );
        }

        if (shape.Enum.Count > 0)
        {
            yield return new(
                $"Member must satisfy enum value set: [{string.Join(", ", AsListed(shape))}]",
                value => shape.Enum.Contains(Tree.Text(value) ?? "")
            );
        }
    }

    /// <summary>
    /// AWS lists values in an order that its models do not tell; the order of an alarm's states was observed.
    /// </summary>
    private static IEnumerable<string> AsListed(Shape shape) =>
        shape.Name == "StateValue" ? ["INSUFFICIENT_DATA", "ALARM", "OK"] : shape.Enum;

    private static decimal Measure(JsonNode value, Shape shape) =>
        (value, shape.Kind) switch
        {
            (JsonArray list, _) => list.Count,
            (JsonObject map, _) => map.Count,
            (_, ShapeKind.Integer or ShapeKind.Long) => Tree.Long(value) ?? 0,
            (_, ShapeKind.Double or ShapeKind.Float) => Decimal(Tree.Double(value) ?? 0),
            (_, ShapeKind.Blob) => BlobLength(Tree.Text(value) ?? ""),
            _ => (Tree.Text(value) ?? "").Length,
        };

    private static decimal Decimal(double number) =>
        double.IsNaN(number) || number > 7e28 ? decimal.MaxValue
        : number < -7e28 ? decimal.MinValue
        : (decimal)number;

    private static int BlobLength(string base64) =>
        (base64.Length / 4 * 3)
        - (
            base64.EndsWith("==", StringComparison.Ordinal) ? 2
            : base64.EndsWith('=') ? 1
            : 0
        );

    private static string Text(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
