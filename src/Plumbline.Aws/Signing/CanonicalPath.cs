namespace Plumbline.Aws.Signing;

/// <summary>The path line of a canonical request.</summary>
internal static class CanonicalPath
{
    /// <summary>S3 takes the path as it is, in one spelling; the others resolve its dots and encode it once more.</summary>
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
