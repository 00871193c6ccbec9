using System.Globalization;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Evaluation;

/// <summary>A model's prediction for one held-out row: a line of <c>predictions.csv</c>.</summary>
/// <param name="Set"><c>recent</c> or <c>base</c>.</param>
/// <param name="Row">
/// The row's place in the set's file, from 0; pairs it with the same row of another evaluation.
/// </param>
/// <param name="Key">The split key of the row's features in hex; guards the pairing.</param>
/// <param name="Actual">The class index of the true label, or the true number.</param>
/// <param name="Predicted">The predicted class index or number.</param>
/// <param name="Score">The model's probability for the predicted class; NaN in a regression.</param>
/// <param name="Positive">The model's probability for class 1; NaN in a regression.</param>
/// <param name="OfTruth">The model's probability for the true class; NaN in a regression.</param>
public sealed record Prediction(
    string Set,
    int Row,
    string Key,
    double Actual,
    double Predicted,
    double Score = double.NaN,
    double Positive = double.NaN,
    double OfTruth = double.NaN
)
{
    /// <summary>The name of the file, beside the evaluation.</summary>
    public const string File = "predictions.csv";

    /// <summary>The set that decides.</summary>
    public const string Recent = "recent";

    /// <summary>The set that guards against regressions.</summary>
    public const string Base = "base";

    private const int Cells = 8;
    private const string Header = "set,row,key,actual,predicted,score,positive,truth";

    /// <summary>The truth and the answer, for a metric.</summary>
    public JudgedRow Judged => new(Actual, Predicted, Positive, OfTruth) { Sets = Sets };

    /// <summary>The labels of truth and answer, if each is a set; see <see cref="JudgedRow.Sets"/>.</summary>
    public LabelSets? Sets { get; init; }

    /// <summary>Makes the predictions of a whole set.</summary>
    /// <param name="set"><see cref="Recent"/> or <see cref="Base"/>.</param>
    /// <param name="test">The rows.</param>
    /// <param name="classes">The number of the project's classes; 0 in a regression.</param>
    /// <param name="answers">One probability for each class and row, row-major; one number for each row without classes.</param>
    public static IEnumerable<Prediction> Of(string set, TestSet test, int classes, float[] answers) =>
        classes == 0 ? OfNumbers(set, test, answers) : OfClasses(set, test, classes, answers);

    private static IEnumerable<Prediction> OfNumbers(string set, TestSet test, float[] answers) =>
        answers.Select((answer, row) => new Prediction(set, row, test.Key(row).ToString(), test.Actual[row], answer));

    private static IEnumerable<Prediction> OfClasses(string set, TestSet test, int classes, float[] probabilities)
    {
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
                answer[1],
                answer[(int)test.Actual[row]]
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
                $"{p.Set},{p.Row},{p.Key},{p.Actual},{p.Predicted},{p.Score:R},{p.Positive:R},{p.OfTruth:R}"
            );
            if (p.Sets is { } sets)
                line += $",{LabelSets.Text(sets.Truth)},{LabelSets.Text(sets.Answer)}";
            await writer.WriteLineAsync(line.AsMemory(), ct);
        }
    }

    /// <exception cref="UserError">The message names file and line.</exception>
    public static IReadOnlyList<Prediction> Read(string path) => Read(System.IO.File.ReadLines(path), path);

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
        var cells = line.Split(',');
        LabelSets? sets = null;
        if (
            cells.Length == Cells + 2
            && LabelSets.Read(cells[^2]) is { } truths
            && LabelSets.Read(cells[^1]) is { } found
        )
            (sets, cells) = (new LabelSets(truths, found), cells[..Cells]);
        return
            cells is [var set, var row, var key, var actual, var predicted, var score, var positive, var truth]
            && int.TryParse(row, culture, out var r)
            && double.TryParse(actual, culture, out var a)
            && double.TryParse(predicted, culture, out var p)
            && double.TryParse(score, culture, out var s)
            && double.TryParse(positive, culture, out var c)
            && double.TryParse(truth, culture, out var t)
            ? new Prediction(set, r, key, a, p, s, c, t) { Sets = sets }
            : null;
    }
}
