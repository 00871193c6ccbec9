namespace Plumbline.WebConsole.Http;

/// <summary>Checks a path that came in a request.</summary>
internal static class LocalPath
{
    private static readonly Uri Here = new("http://console.invalid/");

    /// <summary>The path if every browser stays on this console with it; else the first page.</summary>
    public static string Of(string? path)
    {
        // Browsers drop tabs and newlines, and read a backslash as a slash.
        if (path is not ['/', ..] || path.Any(char.IsControl) || path.Contains('\\', StringComparison.Ordinal))
        {
            return "/";
        }

        return
            Uri.TryCreate(Here, path, out var target)
            && target.Authority == Here.Authority
            && target.Scheme == Here.Scheme
            && !target.PathAndQuery.StartsWith("//", StringComparison.Ordinal)
            ? target.PathAndQuery + target.Fragment
            : "/";
    }
}
