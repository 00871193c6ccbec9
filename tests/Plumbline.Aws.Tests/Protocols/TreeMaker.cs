using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Makes random trees that fit a shape.</summary>
internal sealed class TreeMaker(Random random)
{
    private static readonly string[] Texts =
    [
        "",
        "a",
        "arn:aws:sagemaker:us-east-1:000000000000:model/m",
        " leading and trailing ",
        "<&>\"'",
        "line\nbreak\ttab",
        "Ünïcödé \u4e2d\ud83d\ude39",
        "a=b&c=d+e%20",
        "{\"json\": [1, 2]}",
    ];

    /// <summary>True to allow milliseconds; botocore does not write them in epoch seconds.</summary>
    public bool Milliseconds { get; init; } = true;

    /// <summary>True to allow NaN and the infinities.</summary>
    public bool SpecialNumbers { get; init; } = true;

    public JsonObject Input(Operation operation) =>
        Structure(operation.Input, depth: 0, required: operation.Input?.Required ?? [], isInput: true);

    public JsonObject Output(Operation operation) =>
        Structure(operation.Output, depth: 0, required: [], isInput: false);

    private JsonObject Structure(Shape? shape, int depth, IReadOnlyList<string> required, bool isInput)
    {
        var tree = new JsonObject();
        if (shape is { Union: true })
        {
            var candidates = depth > 4 ? [.. shape.Members.Where(IsSimple)] : shape.Members.ToArray();
            var (one, only) = candidates[random.Next(candidates.Length)];
            tree[one] = Value(only, depth + 1, isInput);
            return tree;
        }

        foreach (var (name, member) in shape?.Members ?? new Dictionary<string, Shape>())
        {
            var isRoot = depth == 0;
            if (
                member.Streaming
                || (member.IsException && depth > 3)
                || (!isInput && isRoot && member.Location is "uri" or "querystring")
            )
            {
                continue;
            }

            var isNeeded = required.Contains(name) || member.Location == "uri" || name == shape!.Payload;
            if (isNeeded || (depth < 5 && random.Next(3) > 0))
            {
                tree[name] = Value(member, depth + 1, isInput);
            }
        }

        if (tree.Count == 0 && depth > 0 && shape!.Members.Count > 0)
        {
            // Query and XML cannot distinguish an empty structure from a missing one.
            var simple = shape.Members.Where(IsSimple).Concat(shape.Members).First();
            tree[simple.Key] = Value(simple.Value, depth + 1, isInput);
        }

        return tree;
    }

    private static bool IsSimple(KeyValuePair<string, Shape> member) =>
        member.Value.Kind is not (ShapeKind.Structure or ShapeKind.List or ShapeKind.Map);

    private JsonNode Value(Shape shape, int depth, bool isInput) =>
        shape.Kind switch
        {
            ShapeKind.Structure => Structure(shape, depth, shape.Required, isInput),
            ShapeKind.List => new JsonArray([
                .. Enumerable
                    .Range(0, depth > 4 ? 1 : random.Next(1, 3))
                    .Select(_ => Value(shape.Member, depth + 1, isInput)),
            ]),
            ShapeKind.Map => Map(shape, depth, isInput),
            ShapeKind.Integer => random.Next(int.MinValue, int.MaxValue),
            ShapeKind.Long => random.NextInt64(long.MinValue, long.MaxValue),
            ShapeKind.Boolean => random.Next(2) == 1,
            ShapeKind.Float => (double)(float)Number(),
            ShapeKind.Double => SpecialNumbers && random.Next(10) == 0 ? "NaN" : Number(),
            ShapeKind.Timestamp => Timestamp(shape),
            ShapeKind.Blob => Convert.ToBase64String(Bytes()),
            _ => Text(shape),
        };

    private JsonObject Map(Shape shape, int depth, bool isInput)
    {
        var map = new JsonObject();
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            map[$"key-{i}"] = Value(shape.Value, depth + 1, isInput);
        }

        return map;
    }

    private string Text(Shape shape) =>
        shape.Enum.Count > 0 ? shape.Enum[random.Next(shape.Enum.Count)]
        : shape.Location is "uri" ? $"name-{random.Next(100)}/with+odd {(char)random.Next(0xC0, 0xFF)}"
        : shape.Location is not null ? $"plain-{random.Next(100)}"
        : Texts[random.Next(Texts.Length)];

    private double Number() => Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-5, 9)), 6);

    private double Timestamp(Shape shape)
    {
        var seconds = random.NextInt64(0, 4_000_000_000);
        var wholeSeconds = !Milliseconds || shape.Location == "header" || shape.TimestampFormat == "rfc822";
        return wholeSeconds ? seconds : (seconds * 1000 + random.Next(1000)) / 1000.0;
    }

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(0, 40)];
        random.NextBytes(bytes);
        return bytes;
    }
}
