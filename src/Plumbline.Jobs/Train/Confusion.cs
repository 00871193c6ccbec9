using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>Counts per class: rows predicted correctly, rows predicted as the class, and rows of the class.</summary>
internal sealed class Confusion
{
    private readonly SortedDictionary<int, (int Right, int Predicted, int True)> classes = [];
    private readonly int rows;

    public Confusion(float[] labels, int[] predicted)
    {
        rows = labels.Length;
        foreach (var (label, guess) in labels.Zip(predicted))
        {
            if (label != MathF.Floor(label))
            {
                throw new InputException(
                    "hyperparameter eval_metric",
                    $"accuracy, f1, precision and recall need whole numbers (classes) as labels, not {label}"
                );
            }
            var truth = (int)label;
            Count(truth, right: truth == guess ? 1 : 0, isTrue: 1);
            Count(guess, predicted: 1);
        }
    }

    public double Accuracy => (double)classes.Values.Sum(found => found.Right) / rows;

    /// <summary>The mean recall of the classes that at least one row has as its label.</summary>
    public double BalancedAccuracy => classes.Values.Where(found => found.True > 0).Average(Recall);

    public static double Precision((int Right, int Predicted, int True) found) =>
        found.Predicted == 0 ? 0 : (double)found.Right / found.Predicted;

    public static double Recall((int Right, int Predicted, int True) found) =>
        found.True == 0 ? 0 : (double)found.Right / found.True;

    public static double F1((int Right, int Predicted, int True) found) =>
        2.0 * found.Right / (found.Predicted + found.True);

    /// <summary>The unweighted mean of a score over the classes.</summary>
    public double Macro(Func<(int Right, int Predicted, int True), double> score) => classes.Values.Average(score);

    /// <summary>The score of class 1, where 0 and 1 are the only classes.</summary>
    /// <exception cref="InputException">There is another class.</exception>
    public double Binary(Func<(int Right, int Predicted, int True), double> score) =>
        classes.Keys.All(label => label is 0 or 1)
            ? classes.TryGetValue(1, out var found)
                ? score(found)
                : 0
            : throw new InputException("hyperparameter eval_metric", "Target is multiclass but average='binary'");

    private void Count(int label, int right = 0, int predicted = 0, int isTrue = 0)
    {
        var found = classes.GetValueOrDefault(label);
        classes[label] = (found.Right + right, found.Predicted + predicted, found.True + isTrue);
    }
}
