using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Signing;

/// <summary>The query line of a canonical request: every pair normalized, sorted by name and value.</summary>
internal static class CanonicalQuery
{
    public static string Of(string query, params ReadOnlySpan<string> without)
    {
        if (query.Length == 0)
        {
            return "";
        }

        var pairs = new List<(string Name, string Value)>();
        foreach (var piece in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            var name = PercentEncoding.Normalize(equals < 0 ? piece : piece[..equals]);
            if (!without.Contains(name))
            {
                pairs.Add((name, equals < 0 ? "" : PercentEncoding.Normalize(piece[(equals + 1)..])));
            }
        }

        pairs.Sort(
            static (a, b) =>
                string.CompareOrdinal(a.Name, b.Name) is var order and not 0
                    ? order
                    : string.CompareOrdinal(a.Value, b.Value)
        );
        return string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}"));
    }
}
