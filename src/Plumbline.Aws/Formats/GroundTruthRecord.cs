using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats;

/// <summary>
/// One line of a ground-truth file: the true label of one prediction. Files lie under <c>yyyy/mm/dd/hh/</c>, by the UTC
/// hour in which the label was given. Source: the SageMaker developer guide, model-monitor-model-quality-merge.
/// </summary>
public sealed record GroundTruthRecord
{
    /// <summary>The prediction's inference id, or its event id if the caller sent no inference id.</summary>
    public required string EventId { get; init; }

    public required string Data { get; init; }

    /// <summary>The encoding of <see cref="Data"/>.</summary>
    public string Encoding { get; init; } = "CSV";

    /// <summary>The record as one line of JSON, without the line break.</summary>
    public string ToLine() =>
        new JsonObject
        {
            ["groundTruthData"] = new JsonObject { ["data"] = Data, ["encoding"] = Encoding },
            ["eventMetadata"] = new JsonObject { ["eventId"] = EventId },
            ["eventVersion"] = "0",
        }.ToJsonString(FormatJson.Options);

    /// <summary>Reads one line; like AWS, an <c>inferenceId</c> in it replaces the <c>eventId</c>.</summary>
    /// <exception cref="JsonException">The line is not a ground-truth record.</exception>
    public static GroundTruthRecord Parse(ReadOnlySpan<byte> line)
    {
        using var document = JsonDocument.Parse(System.Text.Encoding.UTF8.GetString(line));
        try
        {
            var data = document.RootElement.GetProperty("groundTruthData");
            var metadata = document.RootElement.GetProperty("eventMetadata");
            return new GroundTruthRecord
            {
                EventId =
                    Text(metadata, "inferenceId")
                    ?? Text(metadata, "eventId")
                    ?? throw new JsonException("eventMetadata has no eventId"),
                Data = data.GetProperty("data") is { ValueKind: JsonValueKind.String } text
                    ? text.GetString()!
                    : data.GetProperty("data").GetRawText(),
                Encoding = Text(data, "encoding") ?? "CSV",
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException("groundTruthData.data or eventMetadata.eventId is missing", e);
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static GroundTruthRecord Parse(string line) => Parse(System.Text.Encoding.UTF8.GetBytes(line));
}
