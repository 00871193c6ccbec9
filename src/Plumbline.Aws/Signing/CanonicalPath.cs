using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Signing;

internal static class CanonicalPath
{
    /// <summary>
    /// S3's path is only normalized; for other services, dot segments are resolved and the path is encoded once more.
    /// </summary>
    public static string Of(string path, bool asIs)
    {
        if (path.Length == 0)
        {
            return "/";
        }

        if (asIs)
        {
            return PercentEncoding.Normalize(path, keepSlash: true);
        }

        var needsWork = path.Contains("//", StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal);
        return PercentEncoding.Encode(needsWork ? WithoutDots(path) : path, keepSlash: true);
    }

    private static string WithoutDots(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                kept.RemoveRange(Math.Max(0, kept.Count - 1), Math.Min(1, kept.Count));
            }
            else if (segment is not ("" or "."))
            {
                kept.Add(segment);
            }
        }

        var trailing = kept.Count > 0 && path.EndsWith('/') ? "/" : "";
        return "/" + string.Join('/', kept) + trailing;
    }
}
