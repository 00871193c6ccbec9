using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumbline.Tables;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving;

/// <summary>
/// Writes predictions, one per row, in the request's order.
/// JSON: <c>{"predictions":[{"label":"3","score":0.98,"probabilities":[0.01,...]}]}</c>, where score is the label's
/// probability and the probabilities are in the model's order of labels. A model that does not classify gives
/// <c>{"predictions":[{"score":12.5}]}</c>, like AWS's XGBoost.
/// CSV: <c>3,0.01,...</c>, the label and then the probabilities; a model that does not classify gives only the value.
/// If each label is answered on its own: <c>{"predictions":[{"labels":["a"],"probabilities":{"a":0.9,"b":0.2}}]}</c>, and
/// in CSV <c>a|c,0.9,0.2,0.7</c>, with the labels from a probability of 0.5 on.
/// </summary>
/// <param name="labels">The classes in the order of the probabilities; empty if the model does not classify.</param>
/// <param name="areSets">True if each label is answered on its own.</param>
internal sealed class Answers(IReadOnlyList<string> labels, bool areSets = false)
{
    /// <summary>The probability from which a label belongs to an answer.</summary>
    private const float Least = 0.5f;

    private const string Separator = "|";

    private readonly int width = Math.Max(1, labels.Count);
    private readonly byte[][] jsonLabels =
    [
        .. labels.Select(label =>
            Encoding.UTF8.GetBytes($$"""{"label":{{JsonSerializer.Serialize(label)}},"score":""")
        ),
    ];
    private readonly byte[][] names = [.. labels.Select(label => JsonSerializer.SerializeToUtf8Bytes(label))];
    private readonly byte[][] csvLabels = [.. labels.Select(label => Encoding.UTF8.GetBytes(CsvCells.Quote(label)))];

    /// <summary>Writes the whole answer, with its type and length.</summary>
    public void Write(HttpResponse response, ReadOnlySpan<float> answers, bool csv, ref AnswerText text)
    {
        if (csv)
        {
            WriteCsv(answers, ref text);
        }
        else
        {
            WriteJson(answers, ref text);
        }
        response.ContentType = csv ? MediaTypes.Csv : MediaTypes.Json;
        response.ContentLength = text.Written.Length;
        // No flush here: Kestrel flushes the pipe at the end of the request.
        response.BodyWriter.Write(text.Written);
    }

    public void WriteJson(ReadOnlySpan<float> answers, ref AnswerText text)
    {
        text.Add("{\"predictions\":["u8);
        for (var at = 0; at < answers.Length; at += width)
        {
            if (at > 0)
            {
                text.Add(","u8);
            }
            WriteJsonRow(answers.Slice(at, width), ref text);
        }
        text.Add("]}"u8);
    }

    public void WriteCsv(ReadOnlySpan<float> answers, ref AnswerText text)
    {
        for (var at = 0; at < answers.Length; at += width)
        {
            var row = answers.Slice(at, width);
            if (areSets)
            {
                text.Add(
                    Encoding.UTF8.GetBytes(CsvCells.Quote(string.Join(Separator, In(row).Select(i => labels[i]))))
                );
                text.Add(","u8);
            }
            else if (labels.Count > 0)
            {
                text.Add(csvLabels[LoadedModel.Likeliest(row)]);
                text.Add(","u8);
            }
            WriteNumbers(row, ref text);
            text.Add("\n"u8);
        }
    }

    private void WriteJsonRow(ReadOnlySpan<float> row, ref AnswerText text)
    {
        if (labels.Count == 0)
        {
            text.Add("{\"score\":"u8);
            text.Add(row[0]);
            text.Add("}"u8);
            return;
        }
        if (areSets)
        {
            WriteJsonSet(row, ref text);
            return;
        }
        var label = LoadedModel.Likeliest(row);
        text.Add(jsonLabels[label]);
        text.Add(row[label]);
        text.Add(",\"probabilities\":["u8);
        WriteNumbers(row, ref text);
        text.Add("]}"u8);
    }

    private void WriteJsonSet(ReadOnlySpan<float> row, ref AnswerText text)
    {
        text.Add("{\"labels\":["u8);
        foreach (var (place, label) in In(row).Index())
        {
            text.Add(place > 0 ? ","u8 : default);
            text.Add(names[label]);
        }
        text.Add("],\"probabilities\":{"u8);
        for (var i = 0; i < row.Length; i++)
        {
            text.Add(i > 0 ? ","u8 : default);
            text.Add(names[i]);
            text.Add(":"u8);
            text.Add(row[i]);
        }
        text.Add("}}"u8);
    }

    /// <summary>The labels that belong to an answer.</summary>
    private static List<int> In(ReadOnlySpan<float> row)
    {
        var found = new List<int>();
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] >= Least)
            {
                found.Add(i);
            }
        }
        return found;
    }

    private static void WriteNumbers(ReadOnlySpan<float> numbers, ref AnswerText text)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (i > 0)
            {
                text.Add(","u8);
            }
            text.Add(numbers[i]);
        }
    }
}
