using System.Text;
using System.Text.Json;
using Plumbline.Tables;
using Plumbline.XGBoost.Models;

namespace Plumbline.Serving;

/// <summary>
/// Writes predictions, one per row, in the request's order.
/// JSON: <c>{"predictions":[{"label":"3","score":0.98,"probabilities":[0.01,...]}]}</c>, where score is the label's
/// probability and the probabilities are in the model's order of labels. A model that does not classify gives
/// <c>{"predictions":[{"score":12.5}]}</c>, like AWS's XGBoost.
/// CSV: <c>3,0.01,...</c>, the label and then the probabilities; a model that does not classify gives only the value.
/// </summary>
internal sealed class Answers(LoadedModel model)
{
    private readonly byte[][] jsonLabels =
    [
        .. model.Labels.Select(label =>
            Encoding.UTF8.GetBytes($$"""{"label":{{JsonSerializer.Serialize(label)}},"score":""")
        ),
    ];
    private readonly byte[][] csvLabels =
    [
        .. model.Labels.Select(label => Encoding.UTF8.GetBytes(CsvCells.Quote(label))),
    ];

    public void WriteJson(ReadOnlySpan<float> answers, ref AnswerText text)
    {
        text.Add("{\"predictions\":["u8);
        var width = model.AnswersPerRow;
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
        var width = model.AnswersPerRow;
        for (var at = 0; at < answers.Length; at += width)
        {
            var row = answers.Slice(at, width);
            if (model.IsClassifier)
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
        if (!model.IsClassifier)
        {
            text.Add("{\"score\":"u8);
            text.Add(row[0]);
            text.Add("}"u8);
            return;
        }
        var label = LoadedModel.Likeliest(row);
        text.Add(jsonLabels[label]);
        text.Add(row[label]);
        text.Add(",\"probabilities\":["u8);
        WriteNumbers(row, ref text);
        text.Add("]}"u8);
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
