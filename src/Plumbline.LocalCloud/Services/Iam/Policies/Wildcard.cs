namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>IAM's patterns: <c>*</c> matches any text, also an empty one, <c>?</c> matches one character.</summary>
internal static class Wildcard
{
    // In a pattern they replace a literal star and question mark, because no text has these characters.
    private const char Star = '\uFDD0';
    private const char Question = '\uFDD1';

    /// <summary>Returns a pattern that matches only this text.</summary>
    public static string Literal(string text) => text.Replace('*', Star).Replace('?', Question);

    /// <summary>Compares in time linear in the text for each star, so that no pattern is expensive.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="text">The text.</param>
    /// <param name="comparison">Case does not matter for actions; it does for resources.</param>
    public static bool Matches(string pattern, string text, StringComparison comparison = StringComparison.Ordinal)
    {
        var (at, star, resume) = (0, -1, 0);
        for (var index = 0; index < text.Length; )
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, index);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || Same(pattern, at, text, index, comparison)))
            {
                at++;
                index++;
            }
            else if (star >= 0)
            {
                (at, index) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }

    private static bool Same(string pattern, int at, string text, int index, StringComparison comparison) =>
        pattern[at] switch
        {
            Star => text[index] == '*',
            Question => text[index] == '?',
            var written => written == text[index]
                || (
                    comparison == StringComparison.OrdinalIgnoreCase
                    && char.ToUpperInvariant(written) == char.ToUpperInvariant(text[index])
                ),
        };
}
