namespace Plumbline.WebConsole.Http;

/// <summary>A path of this console that came in from outside.</summary>
internal static class LocalPath
{
    private static readonly Uri Here = new("http://console.invalid/");

    /// <summary>The path as a header takes it, if it stays on this console however a browser reads it; else the first page.</summary>
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
