using System.Globalization;

namespace Plumbline.Records.Quality;

/// <summary>The labels of a truth and of the answer to it, as ascending indexes.</summary>
/// <param name="Truth">The true labels.</param>
/// <param name="Answer">The predicted labels.</param>
public sealed record LabelSets(int[] Truth, int[] Answer)
{
    /// <summary>The number of labels that only one of the two has.</summary>
    public int Wrong() => Truth.Except(Answer).Count() + Answer.Except(Truth).Count();

    /// <summary>The text of a set in <c>predictions.csv</c>: <c>{0 3}</c>.</summary>
    public static string Text(int[] labels) =>
        $"{{{string.Join(' ', labels.Select(label => label.ToString(CultureInfo.InvariantCulture)))}}}";

    /// <summary>Reads the text of a set; null for another text.</summary>
    public static int[]? Read(string text)
    {
        if (!text.StartsWith('{') || !text.EndsWith('}'))
            return null;
        var labels = new List<int>();
        foreach (var word in text[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, CultureInfo.InvariantCulture, out var label))
                return null;
            labels.Add(label);
        }
        return [.. labels];
    }
}
