using System.Text.Json;

namespace Plumbline.Records.Monitoring;

/// <summary>The whole distribution of an answer, for people; the figures need only what <see cref="Answer"/> has.</summary>
internal static class Probabilities
{
    private const int Most = 5;

    /// <summary>The most probable labels of a row of <c>{"predictions":[{"probabilities":[...]}]}</c>; none where it is none.</summary>
    public static IReadOnlyList<LabelScore> Of(string answer, int row, IReadOnlyList<string> labels)
    {
        if (answer is not ['{', ..])
            return [];
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (
                !document.RootElement.TryGetProperty("predictions", out var predictions)
                || predictions.GetArrayLength() <= row
                || !predictions[row].TryGetProperty("probabilities", out var all)
                || all.GetArrayLength() != labels.Count
            )
            {
                return [];
            }
            return
            [
                .. all.EnumerateArray()
                    .Select((value, index) => new LabelScore(labels[index], Math.Round(value.GetDouble(), 4)))
                    .OrderByDescending(one => one.Score)
                    .Take(Most),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
