namespace Plumbline.Records.Examples;

/// <summary>The content types of examples, and the extensions of their files.</summary>
public static class ContentTypes
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Text = "text/plain";

    /// <summary>A row of a table by the names of its columns, or any other JSON.</summary>
    public const string Json = "application/json";

    /// <summary>The types that base data may have.</summary>
    public static IReadOnlyList<string> OfBaseData { get; } = [Jpeg, Png, Text, Json];

    /// <summary>The extensions of base data, in words.</summary>
    public const string Extensions = ".jpg, .jpeg, .png or .txt";

    /// <summary>The type of a file by its name; null for another extension.</summary>
    public static string? Of(string file) =>
        Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".jpg" or ".jpeg" => Jpeg,
            ".png" => Png,
            ".txt" => Text,
            _ => null,
        };

    /// <summary>The extension of files of a type, with its dot.</summary>
    public static string ExtensionOf(string type) =>
        type switch
        {
            Jpeg => ".jpg",
            Png => ".png",
            Text => ".txt",
            "image/gif" => ".gif",
            "image/webp" => ".webp",
            Json => ".json",
            _ => ".bin",
        };

    /// <summary>A Content-Type header without parameters; bytes of an unknown type are <c>application/octet-stream</c>.</summary>
    public static string Plain(string? header)
    {
        var type = (header ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return type switch
        {
            "" => "application/octet-stream",
            "image/jpg" => Jpeg,
            _ => type,
        };
    }

    /// <summary>True for images that a browser shows without running anything.</summary>
    public static bool IsImage(string type) => type is Jpeg or Png or "image/gif" or "image/webp";

    /// <summary>True for content that people read.</summary>
    public static bool IsText(string type) => type.StartsWith("text/", StringComparison.Ordinal) || type == Json;
}
