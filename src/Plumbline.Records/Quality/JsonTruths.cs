using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Records.Quality;

/// <summary>
/// Truths and answers that are JSON: a list of labels in <c>task: multi-label</c>, the project's own JSON in <c>task:
/// custom</c>. Equal truths have one text: labels in the project's order, JSON without spaces.
/// </summary>
/// <param name="task">One of the two tasks.</param>
/// <param name="labels">The project's labels; empty in <c>task: custom</c>.</param>
/// <param name="indexOf">The index of a label by its current or former name; -1 for any other text.</param>
public sealed class JsonTruths(TaskKind task, IReadOnlyList<string> labels, Func<string, int> indexOf)
{
    /// <summary>Separates labels in a cell of CSV and on the command line.</summary>
    public const char Separator = '|';

    /// <summary>The probability from which a label belongs to an answer.</summary>
    private const double Least = 0.5;

    /// <summary>The longest truth in characters, which keeps review lists and corrections readable.</summary>
    private const int Longest = 65_536;

    private readonly bool areLabels = task == TaskKind.MultiLabel;

    /// <summary>
    /// The text of a truth; null for a text that cannot be one. Labels are a JSON array, or names with <c>|</c> between
    /// them; <c>[]</c> has none of them.
    /// </summary>
    public string? Truth(string text)
    {
        if (text.Length > Longest)
            return null;
        if (!areLabels)
            return Parse(text) is { } any ? Text(any) : null;
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? null
            : trimmed.StartsWith('[') ? (Parse(trimmed) is JsonArray list ? OfLabels(list) : null)
            : indexOf(trimmed) >= 0 ? OfNames([trimmed])
            : OfNames(trimmed.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// Reads a model's answer. Of labels it is a list, <c>{"labels": [...]}</c>, or <c>{"probabilities": {label:
    /// number}}</c>, also without the outer name, and also as the one item of <c>predictions</c>.
    /// </summary>
    /// <param name="body">The answer's body.</param>
    /// <returns>The text, as of a truth; null if the body is not such an answer.</returns>
    public JsonAnswer? Answer(string body)
    {
        if (Parse(body) is not { } root)
            return null;
        if (!areLabels)
            return new JsonAnswer(Text(root), 0, float.NaN);
        if (root is JsonObject { Count: 1 } outer && outer["predictions"] is JsonArray { Count: 1 } predictions)
            root = predictions[0];
        return root switch
        {
            JsonArray list => Of(OfLabels(list), float.NaN),
            JsonObject answer when answer["labels"] is JsonArray list => Of(
                OfLabels(list),
                answer["probabilities"] is JsonObject shares ? Margin(shares) : float.NaN
            ),
            JsonObject answer => OfShares(answer["probabilities"] as JsonObject ?? answer),
            _ => null,
        };
    }

    /// <summary>The indexes of the labels in the text of a truth or an answer, ascending.</summary>
    public int[] LabelsOf(string text) =>
        [.. JsonSerializer.Deserialize<string[]>(text)!.Select(indexOf).Where(index => index >= 0).Order()];

    /// <summary>Judges an answer of labels.</summary>
    public JudgedRow Judge(string truth, string answer)
    {
        var sets = new LabelSets(LabelsOf(truth), LabelsOf(answer));
        return new JudgedRow(0, sets.Wrong() / (double)labels.Count) { Sets = sets };
    }

    private JsonAnswer? OfShares(JsonObject shares)
    {
        var names = new List<string>();
        foreach (var (label, value) in shares)
        {
            if (indexOf(label) < 0 || value?.GetValueKind() != JsonValueKind.Number)
                return null;
            if (value.GetValue<double>() >= Least)
                names.Add(label);
        }
        return shares.Count == 0 ? null : Of(OfNames(names), Margin(shares));
    }

    /// <summary>How far the least certain label is from the border, in [0, 1]; NaN if a value is not a number.</summary>
    private static float Margin(JsonObject shares)
    {
        var least = float.NaN;
        foreach (var (_, value) in shares)
        {
            if (value?.GetValueKind() != JsonValueKind.Number)
                return float.NaN;
            var margin = (float)Math.Min(1, 2 * Math.Abs(value.GetValue<double>() - Least));
            least = float.IsNaN(least) ? margin : Math.Min(least, margin);
        }
        return least;
    }

    private JsonAnswer? Of(string? text, float margin) =>
        text is null ? null : new JsonAnswer(text, LabelsOf(text).Length, margin);

    private string? OfLabels(JsonArray list) =>
        list.All(item => item?.GetValueKind() == JsonValueKind.String)
            ? OfNames([.. list.Select(item => item!.GetValue<string>())])
            : null;

    private string? OfNames(IReadOnlyList<string> names)
    {
        var indexes = names.Select(indexOf).Distinct().Order().ToList();
        return indexes is [< 0, ..] ? null : RecordJson.Write(indexes.ConvertAll(index => labels[index]));
    }

    private static string Text(JsonNode node) => node.ToJsonString(RecordJson.Compact);

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A model's answer as text.</summary>
/// <param name="Text">As the text of a truth.</param>
/// <param name="Labels">The number of its labels; 0 for the project's own JSON.</param>
/// <param name="Margin">How certain the least certain label is, in [0, 1]; NaN if unknown.</param>
public readonly record struct JsonAnswer(string Text, int Labels, float Margin);

/// <summary>A truth and the answer to it, both JSON.</summary>
/// <param name="Id">The example's id, for messages.</param>
/// <param name="Answer">The model's answer.</param>
/// <param name="Truth">The truth.</param>
public sealed record AnsweredTruth(string Id, string Answer, string Truth);
