using System.Collections.Concurrent;
using System.Text;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Rest;

/// <summary>
/// The path and fixed query of an operation, such as <c>/{Bucket}/{Key+}?uploads</c>. A label stands for one segment;
/// with a plus, for the whole rest.
/// </summary>
internal sealed class UriTemplate
{
    private static readonly ConcurrentDictionary<Operation, UriTemplate> Read = new();

    private readonly Segment[] segments;

    private UriTemplate(string requestUri)
    {
        var question = requestUri.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? requestUri : requestUri[..question];
        segments = [.. path.Split('/').Skip(1).Select(Segment.Of)];
        FixedQuery = question < 0 ? [] : QueryPairs.Parse(requestUri[(question + 1)..]);
    }

    /// <summary>The pairs that the query must have; a value of "" allows any value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FixedQuery { get; }

    /// <summary>The number of segments that are not labels.</summary>
    public int Literals => segments.Count(segment => segment.Label is null);

    public static UriTemplate Of(Operation operation) =>
        Read.GetOrAdd(operation, static key => new UriTemplate(key.RequestUri));

    public static UriTemplate Of(UnservedOperation operation) => new(operation.RequestUri);

    /// <summary>Fills in and encodes the labels of the path.</summary>
    public string Expand(Func<string, string> valueOf)
    {
        var path = new StringBuilder();
        foreach (var segment in segments)
        {
            path.Append('/');
            path.Append(
                segment.Label is { } label ? PercentEncoding.Encode(valueOf(label), segment.Greedy) : segment.Literal
            );
        }

        return path.ToString();
    }

    /// <summary>Returns the decoded labels of a path as sent, or null if the path does not match.</summary>
    public Dictionary<string, string>? Match(string path)
    {
        var labels = new Dictionary<string, string>();
        var at = 1;
        for (var i = 0; i < segments.Length; i++)
        {
            if (at > path.Length)
            {
                return null;
            }

            var segment = segments[i];
            var after = segments.Length - 1 - i;
            var end =
                segment.Greedy ? GreedyEnd(path, after)
                : path.IndexOf('/', at) is >= 0 and var slash ? slash
                : path.Length;
            if (end < at)
            {
                return null;
            }

            var text = PercentEncoding.Decode(path[at..end]);
            at = end + 1;
            if (segment.Label is { } label)
            {
                if (text.Length == 0)
                {
                    return null;
                }

                labels[label] = text;
            }
            else if (text != segment.Literal)
            {
                return null;
            }
        }

        // "/bucket/" means the bucket, like "/bucket".
        return at > path.Length || (at == path.Length && path.EndsWith('/')) ? labels : null;
    }

    /// <summary>The end of a greedy label: it leaves as many slashes behind it as segments follow.</summary>
    private static int GreedyEnd(string path, int after)
    {
        var end = path.Length;
        for (; after > 0 && end > 0; after--)
        {
            end = path.LastIndexOf('/', end - 1);
        }

        return end;
    }

    private sealed record Segment(string Literal, string? Label, bool Greedy)
    {
        public static Segment Of(string text) =>
            text.StartsWith('{') && text.EndsWith("+}", StringComparison.Ordinal) ? new("", text[1..^2], true)
            : text.StartsWith('{') && text.EndsWith('}') ? new("", text[1..^1], false)
            : new(text, null, false);
    }
}
