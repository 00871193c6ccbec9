using System.Text.Json;
using Plumbline.XGBoost.Csv;

namespace Plumbline.Serving;

/// <summary>Reads a row of a request that is a list of lists, such as the lines of a picture.</summary>
internal static class NestedNumbers
{
    /// <summary>
    /// Reads the rest of a row, whose outer bracket has been read, and the bracket of its first list. Afterwards the
    /// outer list has ended.
    /// </summary>
    /// <param name="json">The reader.</param>
    /// <param name="shape">The lengths of the lists.</param>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="row">The row's number, from 1, for messages.</param>
    public static void Read(ref Utf8JsonReader json, int[] shape, Span<float> values, int row)
    {
        var at = 0;
        ReadLists(ref json, shape, 0, values, ref at, row);
    }

    private static void ReadLists(
        ref Utf8JsonReader json,
        int[] shape,
        int level,
        Span<float> values,
        ref int at,
        int row
    )
    {
        var isInner = level == shape.Length - 1;
        var count = 0;
        // The caller of the outer level has read the first bracket already.
        for (var more = level == 0 || json.Read(); json.TokenType != JsonTokenType.EndArray; more = json.Read())
        {
            if (!more || ++count > shape[level])
            {
                throw Wrong(shape, row);
            }
            if (!isInner)
            {
                if (json.TokenType != JsonTokenType.StartArray)
                {
                    throw Wrong(shape, row);
                }
                ReadLists(ref json, shape, level + 1, values, ref at, row);
                continue;
            }
            var value = float.NaN;
            if (
                json.TokenType != JsonTokenType.Null
                && !(json.TokenType == JsonTokenType.Number && NumberText.TryParse(json.ValueSpan, out value))
            )
            {
                throw RequestError.BadRow(row, $"value {at + 1} is not a number that float32 holds");
            }
            values[at++] = value;
        }
        if (count != shape[level])
        {
            throw Wrong(shape, row);
        }
    }

    private static RequestError Wrong(int[] shape, int row) =>
        RequestError.BadRow(row, $"it is not a list of the shape [{string.Join(", ", shape)}], and not a flat one");
}
