using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <summary>
/// Makes random inputs of operations by their shapes: mostly valid ones, with values at the limits of their types.
/// </summary>
/// <param name="names">Names, ARNs and ids of the cloud's existing resources.</param>
internal sealed class RandomInput(Random random, IReadOnlyList<string> names)
{
    private const int Deepest = 6;

    private static readonly string[] OddTexts =
    [
        "",
        " ",
        "/",
        "..",
        "../x",
        "-x",
        "--output=x",
        "a/b",
        "*",
        "%",
        "'",
        "\"",
        "{}",
        "[]",
        "null",
        "true",
        "1",
        "-1",
        "1e400",
        "NaN",
        "\0",
        "\n",
        "\r\nX: y",
        "\u007f",
        "é",
        "\u202e",
        "\ud83d\ude00",
        "\ud800",
        "\uffff",
        "2026-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "rate(1 minute)",
        "cron(0 0 * * ? *)",
        "rate(99999999999 days)",
        "{\"source\":[\"a\"]}",
        "s3://bkt/k",
        "arn:aws:iam::000000000000:role/a",
        new string('a', 300),
        new string('[', 70),
        string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70),
    ];

    private static readonly double[] OddNumbers =
    [
        0,
        -1,
        1,
        0.5,
        -62_135_596_800,
        -62_135_596_801,
        253_402_300_799,
        253_402_300_800,
        1_795_848_193,
        1e20,
        -1e20,
        1e308,
        double.Epsilon,
        double.NaN,
        double.PositiveInfinity,
    ];

    private static readonly long[] OddIntegers =
    [
        0,
        1,
        -1,
        60,
        int.MaxValue,
        int.MinValue,
        long.MaxValue,
        long.MinValue,
        1_795_848_193_000,
        253_402_300_800_000,
    ];

    // Half of the inputs have few oddities, so that some pass the checks and reach the code behind them.
    private bool isTame;

    /// <summary>An input with an operation's required members, and some of the others.</summary>
    public JsonObject Of(Operation operation)
    {
        isTame = random.Next(2) == 0;
        return operation.Input is { } shape ? Structure(shape, 0) : [];
    }

    private JsonNode? Value(Shape shape, string name, int depth) =>
        shape.Kind switch
        {
            ShapeKind.Structure => Structure(shape, depth),
            ShapeKind.List => List(shape, name, depth),
            ShapeKind.Map => Map(shape, depth),
            ShapeKind.Integer => Integer(shape, int.MinValue, int.MaxValue),
            ShapeKind.Long => Integer(shape, long.MinValue, long.MaxValue),
            ShapeKind.Float or ShapeKind.Double => Number(shape),
            ShapeKind.Timestamp => Number(shape),
            ShapeKind.Boolean => random.Next(2) == 0,
            ShapeKind.Blob => Convert.ToBase64String(Bytes()),
            ShapeKind.Document => new JsonObject { ["a"] = Text(shape, name) },
            _ => Text(shape, name),
        };

    private JsonObject Structure(Shape shape, int depth)
    {
        var tree = new JsonObject();
        var most = random.Next(4) == 0 ? 2 : 6;
        foreach (var (name, member) in shape.Members)
        {
            var isWanted = shape.Required.Contains(name) ? !IsOdd(20) : random.Next(most) == 0;
            if (isWanted && depth < Deepest && !member.Streaming)
            {
                tree[name] = Value(member, name, depth + 1);
            }
        }

        return tree;
    }

    private JsonArray List(Shape shape, string name, int depth)
    {
        var list = new JsonArray();
        var count = random.Next(8) == 0 ? 0 : random.Next(1, 4);
        for (var i = 0; i < count && depth < Deepest; i++)
        {
            list.Add(IsOdd(15) ? null : Value(shape.Member, name, depth + 1));
            if (IsOdd(5))
            {
                list.Add(list[^1]?.DeepClone());
            }
        }

        return list;
    }

    private JsonObject Map(Shape shape, int depth)
    {
        var map = new JsonObject();
        for (var i = random.Next(4); i > 0 && depth < Deepest; i--)
        {
            map[(string)Text(shape.Key, "")!] = Value(shape.Value, "", depth + 1);
        }

        return map;
    }

    private bool IsOdd(int one) => !isTame && random.Next(one) == 0;

    private JsonValue Text(Shape shape, string name) =>
        JsonValue.Create(
            shape.Enum.Count > 0 && !IsOdd(10) ? Pick(shape.Enum)
            : IsOdd(3) ? Pick(OddTexts)
            : Long(Pick(Fitting(name)), shape)
        );

    /// <summary>Names that fit a member's name: ARNs for ARNs, words for names.</summary>
    private List<string> Fitting(string member)
    {
        var isArn = member.EndsWith("arn", StringComparison.OrdinalIgnoreCase);
        return random.Next(10) == 0
            ? [.. names]
            : [.. names.Where(name => name.StartsWith("arn:", StringComparison.Ordinal) == isArn)];
    }

    /// <summary>Pads a text to the shape's minimum length, such as a token's 32 characters.</summary>
    private static string Long(string text, Shape shape) =>
        shape.Min is { } least && text.Length < least && least < 100 ? text.PadRight((int)least, 'a') : text;

    private JsonValue Integer(Shape shape, long least, long most)
    {
        var number = IsOdd(3) ? Pick(OddIntegers) : (long)(shape.Min ?? 1) + random.Next(100);
        return JsonValue.Create(Math.Clamp(number, least, most));
    }

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    private JsonValue Number(Shape shape)
    {
        var number =
            isTame && shape.Kind == ShapeKind.Timestamp ? 1_795_848_193 + random.Next(86400)
            : isTame ? (double)(shape.Min ?? 1)
            : Pick(OddNumbers);
        return double.IsFinite(number)
            ? JsonValue.Create(number)
            : JsonValue.Create(double.IsNaN(number) ? "NaN" : "Infinity");
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
