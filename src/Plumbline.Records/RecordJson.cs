using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Records;

/// <summary>
/// The JSON form of Plumbline's records: camelCase, ISO-8601 times in UTC, durations like <c>48h</c>, without null
/// members.
/// </summary>
public static class RecordJson
{
    /// <summary>
    /// Writes one line, with properties in the order of declaration: the same record gives the same bytes.
    /// </summary>
    public static JsonSerializerOptions Compact { get; } = Options(indented: false);

    /// <summary>Writes indented documents, for files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Options(indented: true);

    /// <summary>Writes one line, without a line break.</summary>
    public static string Write<T>(T record) => JsonSerializer.Serialize(record, Compact);

    /// <summary>Writes one line in UTF-8, without a line break.</summary>
    public static byte[] WriteBytes<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, Compact);

    /// <summary>Writes an indented document that ends with a line break.</summary>
    public static string WriteDocument<T>(T record) => JsonSerializer.Serialize(record, Indented) + "\n";

    /// <summary>Reads a record; skips unknown properties, so that older programs can read newer files.</summary>
    /// <exception cref="UserError">
    /// The text is not such a record; the message begins with <paramref name="place"/>.
    /// </exception>
    public static T Read<T>(string json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Compact) ?? throw new UserError(place, "is empty");
        }
        catch (JsonException e)
        {
            throw new UserError(place, $"is not a {typeof(T).Name}: {ReasonOf(e)}");
        }
    }

    /// <inheritdoc cref="Read{T}(string, string)"/>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="place">The place in messages.</param>
    public static T Read<T>(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Compact) ?? throw new UserError(place, "is empty");
        }
        catch (JsonException e)
        {
            throw new UserError(place, $"is not a {typeof(T).Name}: {ReasonOf(e)}");
        }
    }

    /// <summary>The problem, without the parser's own line and byte numbers, which begin at 0.</summary>
    internal static string ReasonOf(JsonException broken) =>
        broken.Message.Split("LineNumber:")[0].TrimEnd(' ', '|', '.');

    /// <inheritdoc cref="Read{T}(string, string)"/>
    public static async Task<T> ReadFileAsync<T>(string path, CancellationToken ct) =>
        Read<T>(await File.ReadAllTextAsync(path, ct), Path.GetFileName(path));

    private static JsonSerializerOptions Options(bool indented) =>
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indented,
            NewLine = "\n",
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new DurationConverter() },
        };
}
