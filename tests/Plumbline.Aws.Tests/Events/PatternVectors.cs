using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Aws.Tests.Events;

/// <summary>Event patterns with recorded answers of AWS.</summary>
internal static class PatternVectors
{
    private static readonly JsonDocumentOptions Json5 = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static string? Folder
    {
        get
        {
            var folder = SharedData.Folder is null ? null : SharedData.Path("conformance", "event-patterns");
            return Directory.Exists(folder) ? folder : null;
        }
    }

    public static JsonObject Expected() => Parse("expected.json");

    public static JsonObject Read(string name) => Parse(name + ".json5");

    /// <summary>AWS's answer to a pattern: its result, or the code and message of its error.</summary>
    public static string VerdictOf(JsonNode vector)
    {
        if (vector["recorded"] is not { } recorded)
        {
            return (string)vector["verdict"]!;
        }

        var error = recorded.AsObject().Single().Value!["exception_message"]!["Error"]!;
        return $"{error["Code"]}: {error["MessageRaw"]}"
            .Replace("<partition>", "aws", StringComparison.Ordinal)
            .Replace("<region>", "us-east-1", StringComparison.Ordinal);
    }

    /// <summary>The text that was sent to AWS; the positions in AWS's messages depend on its spaces.</summary>
    public static string AsPythonWritesIt(JsonNode node) =>
        node switch
        {
            JsonObject members =>
                $"{{{string.Join(", ", members.Select(member => $"{JsonValue.Create(member.Key).ToJsonString()}: {Write(member.Value)}"))}}}",
            JsonArray elements => $"[{string.Join(", ", elements.Select(Write))}]",
            _ => node.ToJsonString(
                new JsonSerializerOptions
                {
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            ),
        };

    private static string Write(JsonNode? node) => node is null ? "null" : AsPythonWritesIt(node);

    private static JsonObject Parse(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder!, file)), documentOptions: Json5)!.AsObject();
}

/// <summary>A test that needs the recorded patterns.</summary>
public sealed class PatternVectorsFactAttribute : FactAttribute
{
    public PatternVectorsFactAttribute() =>
        Skip = PatternVectors.Folder is null ? "conformance/event-patterns is not there: set PLUMBLINE_SHARED" : null;
}
