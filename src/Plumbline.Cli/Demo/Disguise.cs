using System.Text.RegularExpressions;

namespace Plumbline.Cli.Demo;

/// <summary>The words of spam after spammers have learned what filters look for.</summary>
internal static partial class Disguise
{
    private const string Letters = "olzehsbtgq";

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["awarded"] = "given",
        ["call"] = "ring",
        ["camera"] = "lens",
        ["cash"] = "coins",
        ["claim"] = "collect",
        ["contact"] = "meet",
        ["cost"] = "fee",
        ["costs"] = "fee",
        ["customer"] = "friend",
        ["draw"] = "raffle",
        ["free"] = "zero-cost",
        ["guaranteed"] = "sure",
        ["just"] = "only",
        ["min"] = "while",
        ["mins"] = "while",
        ["mobile"] = "handset",
        ["msg"] = "note",
        ["nokia"] = "handset",
        ["now"] = "today",
        ["per"] = "each",
        ["phone"] = "handset",
        ["prize"] = "gift",
        ["reply"] = "answer",
        ["ringtone"] = "melody",
        ["service"] = "team",
        ["stop"] = "quit",
        ["text"] = "answer",
        ["tone"] = "melody",
        ["txt"] = "answer",
        ["urgent"] = "hey",
        ["video"] = "film",
        ["week"] = "days",
        ["win"] = "get",
        ["won"] = "got",
    };

    /// <summary>Other words, no capitals, letters for digits, and neither currencies nor addresses of the web.</summary>
    public static string Of(string text)
    {
        var plain = Marks().Replace(text.ToLowerInvariant(), "").Replace('!', '.');
        var changed = Word().Replace(plain, word => Words.GetValueOrDefault(word.Value, word.Value));
        return Digit().Replace(changed, digit => $"{Letters[digit.Value[0] - '0']}");
    }

    [GeneratedRegex(@"£|\$|http://|www\.")]
    private static partial Regex Marks();

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Word();

    [GeneratedRegex("[0-9]")]
    private static partial Regex Digit();
}
