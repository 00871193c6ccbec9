using System.Text.RegularExpressions;

namespace Plumbline.LocalCloud.Services.Logs.LogEvents;

/// <summary>
/// A filter of unstructured text: <c>a b</c> both, <c>?a ?b</c> either, <c>-a</c> not, <c>"a b"</c> the phrase. Case
/// matters.
/// </summary>
/// <remarks>As on AWS, optional terms count only in a pattern without required ones.</remarks>
internal sealed partial class FilterPattern
{
    private readonly List<string> all = [];
    private readonly List<string> any = [];
    private readonly List<string> none = [];

    private FilterPattern() { }

    /// <exception cref="Aws.Errors.AwsException">
    /// The text is not a pattern, or of a kind that is not implemented.
    /// </exception>
    public static FilterPattern Parse(string text)
    {
        RefuseOtherKinds(text.TrimStart());
        var pattern = new FilterPattern();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var term = Term().Match(text, at);
            if (!term.Success)
            {
                throw LogsErrors.Invalid("Invalid filter pattern");
            }

            pattern.ListFor(term.Groups["sign"].Value).Add(TextOf(term));
            at += term.Length;
        }

        return pattern;
    }

    public bool Matches(string message) =>
        all.TrueForAll(term => message.Contains(term, StringComparison.Ordinal))
        && !none.Exists(term => message.Contains(term, StringComparison.Ordinal))
        && (all.Count > 0 || any.Count == 0 || any.Exists(term => message.Contains(term, StringComparison.Ordinal)));

    private static string TextOf(Match term) =>
        term.Groups["phrase"] is { Success: true } phrase
            ? Escape().Replace(phrase.Value, "$1")
            : term.Groups["word"].Value;

    private List<string> ListFor(string sign) =>
        sign switch
        {
            "?" => any,
            "-" => none,
            _ => all,
        };

    private static void RefuseOtherKinds(string text)
    {
        var kind = text switch
        {
            ['{', ..] => "JSON filter patterns ({ $.x = ... })",
            ['[', ..] => "space-delimited filter patterns ([a, b])",
            ['%', ..] => "regular expression filter patterns (%...%)",
            _ => null,
        };
        if (kind is not null)
        {
            throw LogsErrors.Invalid($"The local cloud does not implement {kind}.");
        }
    }

    [GeneratedRegex("""\G(?<sign>[?-]?)(?:"(?<phrase>(?:[^"\\]|\\.)*)"|(?<word>[A-Za-z0-9_]+))(?=\s|\z)""")]
    private static partial Regex Term();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
