using System.Text;

namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>
/// The variables in a policy's texts: <c>${aws:userid}</c>, with a default value after a comma, and <c>${*}</c> for the
/// character itself.
/// </summary>
internal static class PolicyVariables
{
    /// <summary>
    /// Returns the pattern with the request's values, whose stars are literal; null, which matches nothing, if one is
    /// missing.
    /// </summary>
    public static string? ExpandPattern(string pattern, AccessRequest asked) =>
        Expand(pattern, asked, Wildcard.Literal);

    /// <summary>Returns the text with the request's values; null, which equals nothing, if one is missing.</summary>
    public static string? ExpandText(string text, AccessRequest asked) => Expand(text, asked, value => value);

    private static string? Expand(string text, AccessRequest asked, Func<string, string> written)
    {
        var start = text.IndexOf("${", StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }

        var expanded = new StringBuilder();
        var from = 0;
        for (; start >= 0; start = text.IndexOf("${", from, StringComparison.Ordinal))
        {
            var end = text.IndexOf('}', start);
            if (end < 0)
            {
                break;
            }

            if (ValueOf(text[(start + 2)..end], asked) is not { } value)
            {
                return null;
            }

            expanded.Append(text, from, start - from).Append(written(value));
            from = end + 1;
        }

        return expanded.Append(text, from, text.Length - from).ToString();
    }

    private static string? ValueOf(string variable, AccessRequest asked)
    {
        var parts = variable.Split(',', 2, StringSplitOptions.TrimEntries);
        return parts[0] is "*" or "?" or "$" ? parts[0]
            : asked.Context[parts[0]] is [var value] ? value
            : parts.ElementAtOrDefault(1)?.Trim('\'');
    }
}
