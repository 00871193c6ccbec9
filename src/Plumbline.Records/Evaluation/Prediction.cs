using System.Globalization;

namespace Plumbline.Records.Evaluation;

/// <summary>A model's prediction for one held-out row: a line of <c>predictions.csv</c>.</summary>
/// <param name="Set"><c>recent</c> or <c>base</c>.</param>
/// <param name="Row">
/// The row's place in the set's file, from 0; pairs it with the same row of another evaluation.
/// </param>
/// <param name="Key">The split key of the row's features in hex; guards the pairing.</param>
/// <param name="Actual">The class index of the true label.</param>
/// <param name="Predicted">The predicted class index.</param>
/// <param name="Score">The model's probability for the predicted class.</param>
/// <param name="Positive">The model's probability for class 1.</param>
public sealed record Prediction(
    string Set,
    int Row,
    string Key,
    int Actual,
    int Predicted,
    double Score,
    double Positive
)
{
    /// <summary>The set that decides.</summary>
    public const string Recent = "recent";

    /// <summary>The set that guards against regressions.</summary>
    public const string Base = "base";

    private const string Header = "set,row,key,actual,predicted,score,positive";

    /// <summary>True if the prediction is correct.</summary>
    public bool Right => Actual == Predicted;

    /// <summary>Makes the predictions of a whole set.</summary>
    /// <param name="set"><see cref="Recent"/> or <see cref="Base"/>.</param>
    /// <param name="test">The rows.</param>
    /// <param name="probabilities">One probability for each class, row-major.</param>
    public static IEnumerable<Prediction> Of(string set, TestSet test, float[] probabilities)
    {
        var classes = test.Rows == 0 ? 0 : probabilities.Length / test.Rows;
        for (var row = 0; row < test.Rows; row++)
        {
            var answer = probabilities.AsSpan(row * classes, classes);
            // The first of equal classes, like XGBoost's own argmax.
            var predicted = 0;
            for (var c = 1; c < classes; c++)
            {
                if (answer[c] > answer[predicted])
                    predicted = c;
            }
            yield return new Prediction(
                set,
                row,
                test.Key(row).ToString(),
                test.Actual[row],
                predicted,
                answer[predicted],
                answer[1]
            );
        }
    }

    public static async Task WriteAsync(string path, IEnumerable<Prediction> predictions, CancellationToken ct)
    {
        await using var writer = new StreamWriter(path) { NewLine = "\n" };
        await writer.WriteLineAsync(Header.AsMemory(), ct);
        foreach (var p in predictions)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"{p.Set},{p.Row},{p.Key},{p.Actual},{p.Predicted},{p.Score:R},{p.Positive:R}"
            );
            await writer.WriteLineAsync(line.AsMemory(), ct);
        }
    }

    /// <exception cref="UserError">The message names file and line.</exception>
    public static IReadOnlyList<Prediction> Read(string path) => Read(File.ReadLines(path), path);

    /// <param name="lines">The lines.</param>
    /// <param name="place">The source of the lines, for errors.</param>
    /// <exception cref="UserError">The message names file and line.</exception>
    public static IReadOnlyList<Prediction> Read(IEnumerable<string> lines, string place)
    {
        var predictions = new List<Prediction>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (number == 1 && line == Header)
                continue;
            predictions.Add(
                Parse(line) ?? throw new UserError($"{place}:{number}", "is not a line of predictions.csv")
            );
        }
        return predictions;
    }

    private static Prediction? Parse(string line)
    {
        var culture = CultureInfo.InvariantCulture;
        return
            line.Split(',') is [var set, var row, var key, var actual, var predicted, var score, var positive]
            && int.TryParse(row, culture, out var r)
            && int.TryParse(actual, culture, out var a)
            && int.TryParse(predicted, culture, out var p)
            && double.TryParse(score, culture, out var s)
            && double.TryParse(positive, culture, out var c)
            ? new Prediction(set, r, key, a, p, s, c)
            : null;
    }
}
