using System.Text.Json;

namespace Plumbline.Records.Data;

/// <summary>
/// Reads the label of a line in the shape of SageMaker's augmented manifests. SageMaker Ground Truth writes the number of
/// the class, and its name into the metadata beside it; a person writes the name.
/// </summary>
public static class ContentLabel
{
    /// <summary>The label of a line; null if the line is not a JSON object, or has none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">The name of the label.</param>
    public static string? Of(string line, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Of(document.RootElement, name);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The JSON of a line's truth; null if it has none. SageMaker Ground Truth writes several labels as numbers, and their
    /// names into <c>class-map</c> of the metadata beside them.
    /// </summary>
    public static string? JsonOf(JsonElement line, string name)
    {
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty(name, out var label))
            return null;
        if (
            label.ValueKind != JsonValueKind.Array
            || !line.TryGetProperty(name + "-metadata", out var about)
            || about.ValueKind != JsonValueKind.Object
            || !about.TryGetProperty("class-map", out var map)
        )
            return label.ValueKind == JsonValueKind.String ? label.GetString() : label.GetRawText();
        return RecordJson.Write(
            label
                .EnumerateArray()
                .Select(item => map.TryGetProperty(item.ToString(), out var named) ? named.ToString() : item.ToString())
        );
    }

    /// <inheritdoc cref="Of(string, string)"/>
    public static string? Of(JsonElement line, string name)
    {
        if (line.ValueKind != JsonValueKind.Object)
            return null;
        if (
            line.TryGetProperty(name + "-metadata", out var about)
            && about.ValueKind == JsonValueKind.Object
            && about.TryGetProperty("class-name", out var named)
            && named.ValueKind == JsonValueKind.String
        )
            return named.GetString();
        return !line.TryGetProperty(name, out var label)
            ? null
            : label.ValueKind switch
            {
                JsonValueKind.String => label.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => label.GetRawText(),
                _ => null,
            };
    }
}
