using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Plumbline.Aws.Validation;

/// <summary>The models' regular expressions, which are Java's and match whole texts.</summary>
internal static class Patterns
{
    // Only for the few patterns that look around; the others take time linear in the text. Long enough for a busy
    // machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<string, Regex> Compiled = new();

    // Java's POSIX classes, as ranges inside brackets; an escape that .NET lacks; and code points beyond 16 bits, which
    // are pairs in .NET.
    private static readonly (string Java, string Range)[] Spelled =
    [
        (@"\p{ASCII}", @"\x00-\x7F"),
        (@"\p{Print}", @"\x20-\x7E"),
        (@"\p{Graph}", @"\x21-\x7E"),
        (@"\p{Alnum}", "a-zA-Z0-9"),
        (@"\p{Alpha}", "a-zA-Z"),
        (@"\p{Digit}", "0-9"),
        (@"\p{Cntrl}", @"\x00-\x1F\x7F"),
        (@"\_", "_"),
        (@"\uD800\uDC00-\uDBFF\uDFFF", @"\uD800-\uDFFF"),
        (@"\ud800\udc00-\udbff\udfff", @"\uD800-\uDFFF"),
        ("\uD800\uDC00-\uDBFF\uDFFF", @"\uD800-\uDFFF"),
    ];

    public static bool Matches(string pattern, string text)
    {
        try
        {
            return Of(pattern).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false; // a text that was made to be slow
        }
    }

    public static Regex Of(string pattern) => Compiled.GetOrAdd(pattern, Compile);

    private static Regex Compile(string pattern)
    {
        var translated = $@"\A(?:{Translate(pattern)})\z";
        try
        {
            return new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(translated, RegexOptions.CultureInvariant, Limit); // it looks around
        }
    }

    private static string Translate(string pattern)
    {
        foreach (var (java, range) in Spelled)
        {
            var at = pattern.IndexOf(java, StringComparison.Ordinal);
            while (at >= 0)
            {
                var inBrackets = pattern.LastIndexOf('[', at) > pattern.LastIndexOf(']', at);
                pattern = string.Concat(
                    pattern.AsSpan(0, at),
                    inBrackets ? range : $"[{range}]",
                    pattern.AsSpan(at + java.Length)
                );
                at = pattern.IndexOf(java, at + range.Length, StringComparison.Ordinal);
            }
        }

        return pattern;
    }
}
