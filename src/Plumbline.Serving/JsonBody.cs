using System.Text.Json;
using Plumbline.XGBoost.Csv;

namespace Plumbline.Serving;

/// <summary>
/// Reads <c>application/json</c> in the forms of AWS's algorithms: <c>{"instances":[{"features":[1,2]},[3,4]]}</c>, or
/// without <c>instances</c> <c>[[1,2],[3,4]]</c> or <c>{"features":[1,2]}</c>. null is a missing value.
/// </summary>
internal static class JsonBody
{
    /// <param name="body">The body.</param>
    /// <param name="columns">The number of values of a row.</param>
    /// <param name="rows">Receives the rows.</param>
    /// <param name="shape">
    /// The lengths of the lists in a row that is a nested list, such as 28 lists of 28 numbers; their product is
    /// <paramref name="columns"/>. A row may be flat, too.
    /// </param>
    public static void Read(ReadOnlySpan<byte> body, int columns, FeatureRows rows, int[]? shape = null)
    {
        var json = new Utf8JsonReader(body);
        try
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadFrame(ref json, columns, rows, shape);
            }
            else
            {
                ReadInstances(ref json, columns, rows, shape);
            }
            while (json.Read())
            {
                // Reads to the end of the body, so that invalid JSON after the rows is refused too.
            }
        }
        catch (JsonException e)
        {
            throw new RequestError(
                400,
                $"the body is not JSON (byte {e.BytePositionInLine} of line {e.LineNumber + 1})"
            );
        }
    }

    private static void ReadFrame(ref Utf8JsonReader json, int columns, FeatureRows rows, int[]? shape)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (instances, features) = (json.ValueTextEquals("instances"u8), json.ValueTextEquals("features"u8));
            json.Read();
            if (instances)
            {
                ReadInstances(ref json, columns, rows, shape);
            }
            else if (features)
            {
                ReadNumbers(ref json, columns, rows, shape);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void ReadInstances(ref Utf8JsonReader json, int columns, FeatureRows rows, int[]? shape)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new RequestError(
                400,
                "the body has no list of instances: send [[1,2],[3,4]] or {\"instances\":[[1,2],[3,4]]}"
            );
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                var before = rows.Count;
                ReadFeatures(ref json, columns, rows, shape);
                if (rows.Count != before + 1)
                {
                    throw RequestError.BadRow(before + 1, "it has no features");
                }
            }
            else
            {
                ReadNumbers(ref json, columns, rows, shape);
            }
        }
    }

    private static void ReadFeatures(ref Utf8JsonReader json, int columns, FeatureRows rows, int[]? shape)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var features = json.ValueTextEquals("features"u8);
            json.Read();
            if (features)
            {
                ReadNumbers(ref json, columns, rows, shape);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void ReadNumbers(ref Utf8JsonReader json, int columns, FeatureRows rows, int[]? shape)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw RequestError.BadRow(rows.Count + 1, "it is not a list of numbers");
        }
        var row = rows.Next();
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartArray && count == 0 && shape is { Length: > 1 })
            {
                NestedNumbers.Read(ref json, shape, row, rows.Count + 1);
                count = columns;
                break;
            }
            var value = float.NaN;
            var good =
                json.TokenType == JsonTokenType.Null
                || (json.TokenType == JsonTokenType.Number && NumberText.TryParse(json.ValueSpan, out value));
            if (!good)
            {
                throw RequestError.BadRow(rows.Count + 1, $"value {count + 1} is not a number that float32 holds");
            }
            if (count < columns)
            {
                row[count] = value;
            }
            count++;
        }
        if (count != columns)
        {
            throw RequestError.BadRow(rows.Count + 1, CsvBody.WrongCount(count, columns));
        }
        rows.Complete();
    }
}
