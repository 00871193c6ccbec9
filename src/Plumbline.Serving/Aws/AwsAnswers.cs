using System.Text;

namespace Plumbline.Serving.Aws;

/// <summary>
/// Writes predictions as AWS's image does. The numbers depend on the objective (the probability of class 1, the class,
/// a list of probabilities, or the value) and are formatted as Python prints them.
/// </summary>
internal sealed class AwsAnswers(AwsImage image, string objective, int classes)
{
    private const string Csv = "text/csv";
    private const string Json = "application/json";
    private const string JsonLines = "application/jsonlines";
    private const string Protobuf = "application/x-recordio-protobuf";
    private static readonly string[] Accepted = [Json, JsonLines, Protobuf, Csv];

    /// <summary>The type of the answer to a request.</summary>
    /// <param name="accept">The request's Accept header, or null.</param>
    /// <exception cref="RequestError">406: AWS's image does not write this type.</exception>
    public string Type(string? accept)
    {
        if (image.JoinsRows && image.SelectedOutput is null)
        {
            return Csv;
        }
        var type = (accept ?? "").Split(';')[0].Trim();
        if (type is "" or "*/*")
        {
            return image.DefaultAccept;
        }
        return Accepted.Contains(type.ToLowerInvariant())
            ? type.ToLowerInvariant()
            : throw new RequestError(
                406,
                $"Accept type {type} is not supported. Please use supported accept types: "
                    + $"[{string.Join(", ", Accepted.Select(known => $"'{known}'"))}]."
            );
    }

    /// <summary>The body of an answer.</summary>
    /// <param name="predicted">rows x (answers per row).</param>
    /// <exception cref="RequestError">
    /// 500: the objective has no selectable inference, or the type is not supported.
    /// </exception>
    public byte[] Write(float[] predicted, int rows, string type)
    {
        var width = predicted.Length / rows;
        var all = Enumerable
            .Range(0, rows)
            .Select(row => predicted.AsSpan(row * width, width).ToArray().Select(number => (double)number).ToArray());
        if (image.SelectedOutput is { } keys)
        {
            return Selected(all.Select(raw => SelectableInference.Of(keys, objective, classes, raw)), keys, type);
        }
        var values = all.Select(raw => width > 1 ? AwsValue.List(raw) : AwsValue.Of(raw[0])).ToList();
        if (image.IsBatch)
        {
            return Text(string.Concat(values.Select(value => $"{value}\n")));
        }
        if (image.JoinsRows)
        {
            return Text(string.Join(",", values));
        }
        return type == Csv
            ? Text(string.Concat(values.Select(value => string.Join(",", value.Numbers.Select(PythonText.Of)) + "\n")))
            : Selected(values.Select(value => new[] { KeyValuePair.Create("score", value) }), ["score"], type);
    }

    private byte[] Selected(
        IEnumerable<IReadOnlyList<KeyValuePair<string, AwsValue>>> rows,
        IReadOnlyList<string> keys,
        string type
    )
    {
        switch (type)
        {
            case Csv:
                var lines = string.Join('\n', rows.Select(row => string.Join(',', keys.Select(key => Cell(row, key)))));
                return Text(image.IsBatch ? lines + "\n" : lines);
            case Json:
                return Text($$"""{"predictions": [{{string.Join(", ", rows.Select(Object))}}]}""");
            case JsonLines:
                return Text(string.Concat(rows.Select(row => Object(row) + "\n")));
            case Protobuf:
                using (var stream = new MemoryStream())
                {
                    foreach (var row in rows)
                    {
                        RecordIo.Write(stream, row.Select(part => (part.Key, part.Value.Numbers)));
                    }
                    return stream.ToArray();
                }
            default:
                throw new RequestError(500, $"Cannot encode predictions into accept type '{type}'.");
        }
    }

    private static string Cell(IReadOnlyList<KeyValuePair<string, AwsValue>> row, string key)
    {
        var value = row.First(part => part.Key == key).Value;
        return value.IsList ? $"\"{value}\"" : value.ToString();
    }

    private static string Object(IReadOnlyList<KeyValuePair<string, AwsValue>> row) =>
        "{" + string.Join(", ", row.Select(part => $"\"{part.Key}\": {part.Value.ToJson()}")) + "}";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
