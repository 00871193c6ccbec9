using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Protocols;

/// <summary>
/// The allowed nesting depth of JSON, in levels. The limits belong together: a stored document must stay readable with
/// all envelopes that it got later.
/// </summary>
public static class JsonDepth
{
    /// <summary>
    /// For JSON text inside a request, and for files that a program wrote. The same as .NET's default.
    /// </summary>
    public const int Texts = 64;

    /// <summary>For the bodies of requests and answers.</summary>
    public const int Bodies = 256;

    /// <summary>For stored documents, which are deeper than any received body because of their envelopes.</summary>
    public const int Kept = 2 * Bodies;

    /// <summary>For converting stored JSON from one form to another.</summary>
    public static JsonSerializerOptions KeptForms { get; } = new() { MaxDepth = Kept };

    /// <summary>For reading text that may hold a whole stored document.</summary>
    public static JsonDocumentOptions KeptTexts { get; } = new() { MaxDepth = Kept };

    /// <summary>Reads an object that this program wrote.</summary>
    /// <exception cref="JsonException">
    /// The text is not a JSON object: it was damaged, or another version wrote it.
    /// </exception>
    public static JsonObject ReadKept(string text) =>
        JsonNode.Parse(text, documentOptions: KeptTexts) as JsonObject
        ?? throw new JsonException("The text is not an object.");
}
