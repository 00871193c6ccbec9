using System.Text.Json;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Monitoring;

/// <summary>Reads the answers of a regression: one number for each row, as CSV or as JSON.</summary>
internal static class NumberAnswers
{
    private static readonly string[] Members = ["score", "prediction", "predicted_value", "value"];

    /// <summary>Adds the rows of a body; a row without a number is added as unreadable.</summary>
    /// <exception cref="JsonException">The body begins like JSON and is not.</exception>
    public static void Read(ReadOnlySpan<byte> body, List<Answer> rows)
    {
        if (body is [(byte)'{' or (byte)'[', ..])
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("predictions", out var predictions))
                root = predictions;
            if (root.ValueKind == JsonValueKind.Array)
                rows.AddRange(root.EnumerateArray().Select(Row));
            else
                rows.Add(Row(root));
            return;
        }
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].Trim(" \r\t[]"u8);
            // AWS's XGBoost up to 1.2 writes all rows in one line.
            foreach (var cell in line.Split((byte)','))
            {
                if (!line[cell].IsEmpty)
                    rows.Add(Answer.OfNumber(TruthNumber.Find(line[cell])));
            }
        }
    }

    private static Answer Row(JsonElement row)
    {
        if (row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == 1)
            return Row(row[0]);
        if (row.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in Members)
            {
                if (row.TryGetProperty(name, out var member))
                    return Row(member);
            }
        }
        return Answer.OfNumber(row.ValueKind == JsonValueKind.Number ? row.GetDouble() : null);
    }
}
