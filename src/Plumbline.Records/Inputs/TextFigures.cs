using System.Text;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Inputs;

/// <summary>Figures of a text, which move when other texts come than before.</summary>
public static class TextFigures
{
    private const int MostWords = 200;
    private const int MostCharacters = 20_000;

    /// <summary>The figures of a text's first 20,000 characters, by name. Shares are of all characters.</summary>
    public static IReadOnlyDictionary<string, float> Of(string text)
    {
        text = Start(text);
        var length = (float)Math.Max(1, text.Length);
        return new Dictionary<string, float>
        {
            ["characters"] = text.Length,
            ["words"] = Split(text).Count(),
            ["letters"] = text.Count(char.IsLetter) / length,
            ["capitals"] = text.Count(char.IsUpper) / length,
            ["digits"] = text.Count(char.IsDigit) / length,
        };
    }

    /// <summary>A hash of each different word, at most 200: it says nothing about the text beyond these words.</summary>
    public static IReadOnlyList<uint> Words(string text) =>
        [
            .. Split(Start(text))
                .Select(word => (uint)XxHash64.Hash(Encoding.UTF8.GetBytes(word.ToLowerInvariant())))
                .Distinct()
                .Take(MostWords),
        ];

    private static string Start(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];

    private static IEnumerable<string> Split(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                yield return text[start..i];
                start = -1;
            }
        }
    }
}
