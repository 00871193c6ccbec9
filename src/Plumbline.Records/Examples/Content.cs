using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Plumbline.Records.Examples;

/// <summary>The bytes of an example, pinned by their hash; they are stored once, under <see cref="Key"/>.</summary>
/// <param name="Sha256">SHA-256 of the bytes, in lower hex.</param>
/// <param name="Type">The content type, in lower case and without parameters, such as <c>image/jpeg</c>.</param>
/// <param name="Size">The number of bytes.</param>
public sealed record Content(string Sha256, string Type, long Size)
{
    /// <summary>The object in the loop's bucket.</summary>
    [JsonIgnore]
    public string Key => Layout.Contents + Name;

    /// <summary>The name of the file that a job finds in its channel <c>content</c>.</summary>
    [JsonIgnore]
    public string Name => Sha256 + ContentTypes.ExtensionOf(Type);

    /// <summary>Pins bytes by their hash.</summary>
    /// <param name="bytes">The body of a request, or of a file.</param>
    /// <param name="type">The content type, which may have parameters.</param>
    public static Content Of(ReadOnlySpan<byte> bytes, string type) =>
        new(Convert.ToHexStringLower(SHA256.HashData(bytes)), ContentTypes.Plain(type), bytes.Length);

    /// <summary>A few words for lists, such as <c>image/jpeg, 12.3 KB</c>.</summary>
    public string Text() =>
        FormattableString.Invariant(
            $"{Type}, {(Size < 1000 ? $"{Size} bytes" : FormattableString.Invariant($"{Size / 1000.0:0.0} KB"))}"
        );
}
