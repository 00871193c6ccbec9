using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>
/// Reads and writes <c>images.json</c>: a list of objects, of which the first that matches an image counts.
/// </summary>
public static class ImageLines
{
    internal static readonly IReadOnlyList<string> Fields = ["image", "command", "algorithm", "port", "imports"];

    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="InvalidDataException">A mistake in the text; the message begins with its place.</exception>
    public static IReadOnlyList<ImageProgram> Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) is JsonArray lines
                ? [.. lines.Select((line, index) => Line(line, $"entry {index + 1}"))]
                : throw new InvalidDataException("line 1: the table must be a list of objects: [{...}, {...}]");
        }
        catch (JsonException exception)
        {
            // .NET's message ends with the position, in its own words; here the position comes first.
            var problem = exception.Message.Split(" LineNumber:")[0];
            var line = ((exception.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            var column = ((exception.BytePositionInLine ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            throw new InvalidDataException($"line {line}, column {column}: {problem}", exception);
        }
    }

    /// <summary>Writes entries, each on its own line.</summary>
    public static string Write(IEnumerable<ImageProgram> lines) =>
        $"[\n  {string.Join(",\n  ", lines.Select(Write))}\n]\n";

    /// <summary>Writes an entry; equal entries give equal texts.</summary>
    public static string Write(ImageProgram line) => JsonSerializer.Serialize(line, OneLine);

    private static ImageProgram Line(JsonNode? node, string place)
    {
        if (node is not JsonObject line)
        {
            throw new InvalidDataException($"{place}: an entry must be an object with image, command and algorithm");
        }

        if (line.FirstOrDefault(field => !Fields.Contains(field.Key)).Key is { } unknown)
        {
            throw new InvalidDataException(
                $"{place}: '{unknown}' is not a field; the fields are {string.Join(", ", Fields)}"
            );
        }

        var algorithm = Text(line, "algorithm", place);
        return
            new ImageProgram(Text(line, "image", place), Command(line, place), algorithm)
            {
                Port = Port(line, place),
                Imports = line.ContainsKey("imports") ? Text(line, "imports", place) : null,
            }
                is var program
            && ImageProgram.Algorithms.Contains(algorithm)
            ? program
            : throw new InvalidDataException(
                $"{place}: algorithm must be one of {string.Join(", ", ImageProgram.Algorithms)}, not '{algorithm}'"
            );
    }

    private static string Text(JsonObject line, string field, string place) =>
        line[field] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : throw new InvalidDataException($"{place}: {field} must be a text that is not empty");

    private static List<string> Command(JsonObject line, string place)
    {
        var parts = line["command"] as JsonArray ?? [];
        return parts.Count > 0 && parts.All(part => part?.GetValueKind() == JsonValueKind.String)
            ? [.. parts.Select(part => (string)part!)]
            : throw new InvalidDataException(
                $"{place}: command must be a list of texts, the program and its arguments: [\"/opt/venv/bin/python3\"]"
            );
    }

    private static int? Port(JsonObject line, string place) =>
        !line.ContainsKey("port") ? null
        : line["port"] is JsonValue value && value.TryGetValue<int>(out var port) && port is > 0 and < 65536 ? port
        : throw new InvalidDataException($"{place}: port must be a number from 1 to 65535");
}
