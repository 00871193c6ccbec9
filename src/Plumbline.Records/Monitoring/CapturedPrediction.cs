using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Aws.Formats;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Monitoring;

/// <summary>One row of a captured request with its answer, completely read.</summary>
/// <param name="JoinKey">See <see cref="GroundTruth.JoinKey"/>.</param>
/// <param name="InferenceTime">The time of the answer, UTC.</param>
/// <param name="Features">The row's CSV cells.</param>
/// <param name="Predicted">
/// The current name of the label, the number of a regression, or the answer's own text if that is neither; null without.
/// </param>
public sealed record CapturedPrediction(
    string JoinKey,
    DateTimeOffset InferenceTime,
    string Features,
    string? Predicted,
    Answer Answer
)
{
    /// <summary>The most probable labels, most probable first; null if the answer has no probabilities.</summary>
    public IReadOnlyList<LabelProbability>? Alternatives { get; init; }

    /// <summary>The content of a request that is not rows of a table; null for a row.</summary>
    public CapturedContent? Content { get; init; }

    /// <summary>Reads the rows of a line of a capture file; an unreadable line has none.</summary>
    public static IReadOnlyList<CapturedPrediction> OfLine(ReadOnlySpan<byte> line, LabelNames labels)
    {
        try
        {
            return Of(CaptureRecord.Parse(line), labels);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // A truncated line, or an invalid time or base64.
            return [];
        }
    }

    /// <summary>
    /// Reads the rows of a capture record; empty without a key, for a deployment's own request, or if request and
    /// answer have different numbers of rows.
    /// </summary>
    public static IReadOnlyList<CapturedPrediction> Of(CaptureRecord record, LabelNames labels)
    {
        var key = GroundTruth.JoinKey.Of(record.EventMetadata.InferenceId, record.EventMetadata.EventId);
        if (
            key?.StartsWith(GroundTruth.JoinKey.ProbePrefix, StringComparison.Ordinal) != false
            || record.CaptureData is not { EndpointInput: { } input, EndpointOutput: { } output }
        )
            return [];
        var reader = new AnswerReader(labels, keep: true);
        var answers = reader.Read(Encoding.UTF8.GetBytes(output.Text));
        var content = labels.IsContent ? CapturedContent.Of(input) : null;
        var features =
            content is not null ? [content.Words]
            : labels.Columns is { } columns ? NamedRows.Read(columns, input.Text)
            : Rows(input.Text);
        if (features.Count != answers.Length)
            return [];
        var time = DateTimeOffset.Parse(
            record.EventMetadata.InferenceTime,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
        var rows = new List<CapturedPrediction>();
        for (var row = 0; row < answers.Length; row++)
        {
            var label =
                labels.Json is not null ? reader.Word(row)
                : !double.IsNaN(answers[row].Number) ? TruthNumber.Text(answers[row].Number)
                : answers[row].Class < 0 ? reader.Word(row)
                : labels.Names[answers[row].Class];
            var joinKey = GroundTruth.JoinKey.OfRow(key, row, answers.Length);
            rows.Add(
                new CapturedPrediction(joinKey, time, features[row], label, answers[row])
                {
                    Content = content,
                    Alternatives = reader.Probabilities(row) is { } all
                        ? LabelProbability.Likeliest(labels.Names, all)
                        : null,
                }
            );
        }
        return rows;
    }

    /// <summary>Makes an item for a review list.</summary>
    public ReviewItem ToReviewItem(string endpoint, ReviewList list) =>
        new()
        {
            JoinKey = JoinKey,
            InferenceTime = InferenceTime,
            Endpoint = endpoint,
            Features = Features,
            Content = Content?.Pinned,
            Body = Content?.Body,
            Predicted = Predicted ?? "",
            Score = Known(Answer.Score),
            Margin = Known(Answer.Margin),
            Alternatives = Alternatives,
            List = list,
        };

    private static double? Known(float number) => float.IsNaN(number) ? null : Math.Round(number, 6);

    /// <summary>
    /// Reads CSV lines, the numbers of <c>{"instances":[{"features":[...]}]}</c>, a list of lists, or JSON lines.
    /// </summary>
    private static List<string> Rows(string body)
    {
        body = body.Trim();
        if (body.Length == 0 || body[0] is not ('{' or '['))
            return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("instances", out var instances))
                root = instances;
            var list = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
            return list.Count > 0 && list[0].ValueKind == JsonValueKind.Number ? [Row(root)] : list.ConvertAll(Row);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Row(JsonElement row)
    {
        if (row.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in new[] { "features", "data", "values" })
            {
                if (row.TryGetProperty(name, out var inner))
                    return Row(inner);
            }
        }
        return row.ValueKind == JsonValueKind.Array
            ? string.Join(',', row.EnumerateArray().Select(Cell))
            : throw new JsonException("a row must be a list of numbers");
    }

    private static string Cell(JsonElement cell) =>
        cell.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => cell.GetString()!,
            _ => cell.GetRawText(),
        };
}
