using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Aws.Protocols;

/// <summary>
/// How deep JSON may be nested, in levels: in one place, because a document that was taken in must be readable for as
/// long as it is kept, with the envelopes that it got meanwhile.
/// </summary>
public static class JsonDepth
{
    /// <summary>A text of JSON inside of a request, and a file that a program left. It is .NET's own limit.</summary>
    public const int Texts = 64;

    /// <summary>The body of a request or of an answer.</summary>
    public const int Bodies = 256;

    /// <summary>A document that was written here and is read again: deeper than whatever was taken in, in whatever envelope.</summary>
    public const int Kept = 2 * Bodies;

    /// <summary>For what makes one form of JSON from another.</summary>
    public static JsonSerializerOptions KeptForms { get; } = new() { MaxDepth = Kept };

    /// <summary>For reading what may hold a whole document that was kept.</summary>
    public static JsonDocumentOptions KeptTexts { get; } = new() { MaxDepth = Kept };

    /// <summary>Reads an object that was written here.</summary>
    /// <exception cref="JsonException">The text is not an object of JSON: it was damaged, or another version wrote it.</exception>
    public static JsonObject ReadKept(string text) =>
        JsonNode.Parse(text, documentOptions: KeptTexts) as JsonObject
        ?? throw new JsonException("The text is not an object.");
}
