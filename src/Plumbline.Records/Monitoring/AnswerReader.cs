using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// Reads captured answers, row by row. JSON is
/// <c>{"predictions":[{"label":"3","score":0.9,"probabilities":[...]}]}</c>, of which each part may be missing; or
/// AWS's <c>predicted_label</c> and <c>score</c> (the probability of class 1, a class, or a list of probabilities); or
/// a single value or list. CSV has one line per row: a label, the probability of class 1, or one probability for each
/// class, which AWS puts in brackets. In a regression a row is one number: the <c>score</c>, or <c>prediction</c>, of an
/// object.
/// </summary>
/// <param name="labels">The project's labels.</param>
/// <param name="keep">True to keep <see cref="Probabilities"/> and <see cref="Word"/>.</param>
public sealed class AnswerReader(LabelNames labels, bool keep = false)
{
    private readonly Dictionary<int, float[]> kept = [];
    private readonly Dictionary<int, string> words = [];
    private readonly List<float> probabilities = [];
    private readonly List<Answer> rows = [];

    /// <summary>The rows of a body, valid until the next call; empty if the body cannot be read.</summary>
    /// <param name="body">The body in UTF-8, unescaped.</param>
    public ReadOnlySpan<Answer> Read(ReadOnlySpan<byte> body)
    {
        rows.Clear();
        kept.Clear();
        words.Clear();
        body = body.Trim(" \r\n\t"u8);
        try
        {
            if (labels.Json is { } json)
                ReadAnswer(json, body);
            else if (labels.AreNumbers)
                NumberAnswers.Read(body, rows);
            // AWS's CSV of probabilities begins with a bracket too; with several lines it is not JSON.
            else if (body is [(byte)'{', ..] || (body is [(byte)'[', ..] && !body.Contains((byte)'\n')))
                ReadJson(body);
            else
                ReadCsv(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            rows.Clear();
        }
        return CollectionsMarshal.AsSpan(rows);
    }

    /// <summary>The probability of each class in a row of the last body; null if the answer has none.</summary>
    public float[]? Probabilities(int row) =>
        kept.GetValueOrDefault(row)
        ?? (
            labels.Count == 2 && !float.IsNaN(rows[row].Positive) ? [1 - rows[row].Positive, rows[row].Positive] : null
        );

    private void ReadAnswer(JsonTruths json, ReadOnlySpan<byte> body)
    {
        var answer = json.Answer(Encoding.UTF8.GetString(body));
        if (answer is { } found)
            words[0] = found.Text;
        rows.Add(Answer.OfNumber(answer?.Labels) with { Margin = answer?.Margin ?? float.NaN });
    }

    /// <summary>
    /// The text of an answer that is JSON, or of a row that does not name a label, such as a class of an earlier model; null for other rows.
    /// </summary>
    public string? Word(int row) => words.GetValueOrDefault(row);

    private int IndexOf(ReadOnlySpan<byte> text)
    {
        var index = labels.IndexOf(text);
        if (keep && index < 0)
            words[rows.Count] = Encoding.UTF8.GetString(text).Trim();
        return index;
    }

    private void ReadJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader);
        else
            ReadList(ref reader);
    }

    /// <summary>Reads the outer object; without <c>predictions</c> it is a row itself.</summary>
    private void ReadObject(ref Utf8JsonReader reader)
    {
        var copy = reader;
        copy.Read();
        if (copy.TokenType == JsonTokenType.PropertyName && copy.ValueTextEquals("predictions"u8))
        {
            reader = copy;
            reader.Read();
            ReadList(ref reader);
        }
        else
        {
            rows.Add(ReadRow(ref reader));
        }
    }

    private void ReadList(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            rows.Add(ReadRow(ref reader));
            return;
        }
        // One row of AWS's CSV of probabilities looks like a JSON list; its numbers add up to one.
        var row = reader;
        ReadProbabilities(ref row);
        if (probabilities.Count == labels.Count && Math.Abs(probabilities.Sum() - 1) < 0.01)
        {
            rows.Add(FromProbabilities(-2));
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            rows.Add(ReadRow(ref reader));
    }

    private Answer ReadRow(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadProbabilities(ref reader);
            return FromProbabilities(-2);
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            return FromValue(reader.ValueSpan);
        var label = -1;
        var named = false;
        var score = float.NaN;
        var scored = -1;
        probabilities.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLabel = reader.ValueTextEquals("label"u8) || reader.ValueTextEquals("predicted_label"u8);
            var isScore = reader.ValueTextEquals("score"u8);
            var isProbabilities = reader.ValueTextEquals("probabilities"u8);
            reader.Read();
            if (isLabel && reader.TokenType is (JsonTokenType.String or JsonTokenType.Number))
            {
                named = true;
                label = reader.ValueIsEscaped
                    ? IndexOf(Encoding.UTF8.GetBytes(reader.GetString()!))
                    : IndexOf(reader.ValueSpan);
            }
            else if (isScore && reader.TokenType == JsonTokenType.Number)
            {
                score = reader.GetSingle();
                scored = labels.IndexOf(reader.ValueSpan);
            }
            else if ((isProbabilities || isScore) && reader.TokenType == JsonTokenType.StartArray)
            {
                ReadProbabilities(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
        if (probabilities.Count > 0)
            return FromProbabilities(named ? label : -2);
        return named ? Answer.Of(label, score, labels.Count)
            : !float.IsNaN(score) && labels.Count == 2 ? Answer.Of(score)
            // For several classes without probabilities, AWS's image gives the class as the score.
            : labels.Count > 2 && scored >= 0 ? Answer.Of(scored, float.NaN, labels.Count)
            : new Answer(-1, score, float.NaN, float.NaN);
    }

    private void ReadProbabilities(ref Utf8JsonReader reader)
    {
        probabilities.Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
            probabilities.Add(Number(reader.ValueSpan));
    }

    private void ReadCsv(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var end = body.IndexOf((byte)'\n');
            var line = (end < 0 ? body : body[..end]).Trim(" \r\t[]"u8);
            body = end < 0 ? default : body[(end + 1)..];
            if (line.IsEmpty)
                continue;
            rows.Add(line.Contains((byte)',') ? FromCells(line) : FromValue(line));
        }
    }

    /// <summary>
    /// Reads one probability for each class, with or without a label before them; the label may be quoted.
    /// </summary>
    private Answer FromCells(ReadOnlySpan<byte> line)
    {
        probabilities.Clear();
        var label = -2;
        if (line[0] == (byte)'"' || line.Count((byte)',') == labels.Count)
        {
            var end = line[0] == (byte)'"' ? line.LastIndexOf((byte)'"') + 1 : line.IndexOf((byte)',');
            label = IndexOf(Unquoted(line[..end]));
            line = line[end..].Trim(", "u8);
        }
        foreach (var range in line.Split((byte)','))
            probabilities.Add(Number(line[range].Trim(" "u8)));
        return FromProbabilities(label);
    }

    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> cell) =>
        cell is [(byte)'"', .. var inner, (byte)'"']
            ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(inner).Replace("\"\"", "\"", StringComparison.Ordinal))
            : cell;

    /// <summary>Reads one value: a label, or with two classes the probability of class 1.</summary>
    private Answer FromValue(ReadOnlySpan<byte> value)
    {
        var index = labels.IndexOf(value);
        if (
            index < 0
            && labels.Count == 2
            && Utf8Parser.TryParse(value, out float number, out var read)
            && read == value.Length
            && number is > 0 and < 1
        )
            return Answer.Of(number);
        return Answer.Of(IndexOf(value), float.NaN, labels.Count);
    }

    /// <param name="label">The class that the answer named; -1 for an unknown label, -2 without a label.</param>
    private Answer FromProbabilities(int label)
    {
        var all = CollectionsMarshal.AsSpan(probabilities);
        if (all.Length != labels.Count)
            return all.Length == 1 && labels.Count == 2 && label == -2
                ? Answer.Of(all[0])
                : Answer.Of(Math.Max(label, -1), float.NaN, labels.Count);
        if (keep)
            kept[rows.Count] = all.ToArray();
        var answer = Answer.Of(all);
        return label == -2 ? answer : answer with { Class = label };
    }

    private static float Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out float number, out var read) && read == text.Length
            ? number
            : throw new FormatException();
}
