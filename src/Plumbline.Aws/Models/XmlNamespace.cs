using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>An XML namespace, and the prefix it is declared under where it has one.</summary>
public sealed record XmlNamespace(string Uri, string? Prefix)
{
    internal static XmlNamespace? Of(JsonElement? trait) =>
        trait switch
        {
            { ValueKind: JsonValueKind.String } uri => new XmlNamespace(uri.GetString()!, null),
            { ValueKind: JsonValueKind.Object } both => new XmlNamespace(
                both.GetProperty("uri").GetString()!,
                both.TryGetProperty("prefix", out var prefix) ? prefix.GetString() : null
            ),
            _ => null,
        };
}
