using Plumbline.XGBoost;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>
/// The metrics that AWS's container computes itself from margins, with scikit-learn's definitions. The predicted class
/// is the likeliest of several; with one margin per row it is 1 if the margin is above 0, else 0. Row weights are
/// ignored.
/// </summary>
internal static class ContainerMetrics
{
    /// <summary>Each metric on each set, named <c>SET-METRIC</c>.</summary>
    /// <exception cref="InputException">A metric cannot be computed for these labels.</exception>
    public static IReadOnlyList<KeyValuePair<string, double>> Compute(
        Booster booster,
        IReadOnlyList<(string Name, DMatrix Matrix)> sets,
        IReadOnlyList<string> metrics
    )
    {
        var found = new List<KeyValuePair<string, double>>();
        foreach (var (name, matrix) in sets)
        {
            var margins = booster.Predict(matrix, margin: true);
            var labels = matrix.Labels();
            var confusion = new Lazy<Confusion>(() => new Confusion(labels, Classes(margins, labels.Length)));
            found.AddRange(
                metrics.Select(metric =>
                    KeyValuePair.Create($"{name}-{metric}", Value(metric, margins, labels, confusion))
                )
            );
        }
        return found;
    }

    private static double Value(string metric, float[] margins, float[] labels, Lazy<Confusion> confusion) =>
        metric switch
        {
            "mse" => MeanSquare(margins, labels),
            "rmse" => Math.Sqrt(MeanSquare(margins, labels)),
            "mae" => Errors(margins, labels).Average(Math.Abs),
            "r2" => RSquared(margins, labels),
            "accuracy" or "precision_micro" or "recall_micro" => confusion.Value.Accuracy,
            "balanced_accuracy" => confusion.Value.BalancedAccuracy,
            "f1" or "f1_macro" => confusion.Value.Macro(Confusion.F1),
            "precision_macro" => confusion.Value.Macro(Confusion.Precision),
            "recall_macro" => confusion.Value.Macro(Confusion.Recall),
            "f1_binary" => confusion.Value.Binary(Confusion.F1),
            "precision" => confusion.Value.Binary(Confusion.Precision),
            _ => confusion.Value.Binary(Confusion.Recall),
        };

    private static double MeanSquare(float[] margins, float[] labels) =>
        Errors(margins, labels).Average(error => error * error);

    private static double RSquared(float[] margins, float[] labels)
    {
        var mean = labels.Average(label => (double)label);
        var spread = labels.Sum(label => (label - mean) * (label - mean));
        var left = Errors(margins, labels).Sum(error => error * error);
        return spread == 0 ? (left == 0 ? 1 : 0) : 1 - left / spread;
    }

    private static IEnumerable<double> Errors(float[] margins, float[] labels) =>
        margins.Length == labels.Length
            ? labels.Select((label, i) => (double)label - margins[i])
            : throw new InputException(
                "hyperparameter eval_metric",
                "mse, rmse, mae and r2 cannot be computed for several classes: choose another metric"
            );

    private static int[] Classes(float[] margins, int rows)
    {
        var width = margins.Length / rows;
        return
        [
            .. Enumerable
                .Range(0, rows)
                .Select(row => width == 1 ? (margins[row] > 0 ? 1 : 0) : Likeliest(margins.AsSpan(row * width, width))),
        ];
    }

    private static int Likeliest(ReadOnlySpan<float> margins)
    {
        var best = 0;
        for (var i = 1; i < margins.Length; i++)
        {
            best = margins[i] > margins[best] ? i : best;
        }
        return best;
    }
}
