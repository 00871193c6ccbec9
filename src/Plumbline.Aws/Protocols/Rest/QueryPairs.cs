using System.Text;

namespace Plumbline.Aws.Protocols.Rest;

/// <summary>Reads a query into decoded pairs.</summary>
internal static class QueryPairs
{
    public static List<KeyValuePair<string, string>> Parse(string query, bool plusIsSpace = false)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var piece in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            pairs.Add(
                equals < 0 ? new(Decode(piece), "") : new(Decode(piece[..equals]), Decode(piece[(equals + 1)..]))
            );
        }

        return pairs;

        string Decode(string text) => PercentEncoding.Decode(plusIsSpace ? text.Replace('+', ' ') : text);
    }

    public static string Write(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in pairs)
        {
            query.Append(query.Length > 0 ? "&" : "").Append(PercentEncoding.Encode(name));
            query.Append('=').Append(PercentEncoding.Encode(value));
        }

        return query.ToString();
    }
}
