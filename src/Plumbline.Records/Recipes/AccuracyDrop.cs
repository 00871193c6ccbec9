namespace Plumbline.Records.Recipes;

/// <summary>
/// Trains when the accuracy on the newest labels falls under that of the three deliveries before, by more than chance
/// explains. Unlike a threshold, it needs no figure that was fixed at the start.
/// </summary>
/// <param name="deviations">The standard errors by which it must fall; 1.64 is one chance in 20.</param>
public sealed class AccuracyDrop(double deviations = AccuracyDrop.OneIn20) : ITrainingTrigger
{
    /// <summary>The one-sided 95 % quantile of the standard normal distribution.</summary>
    public const double OneIn20 = 1.64;

    private const int Deliveries = 3;
    private const int LeastRows = 20;

    // The error of an accuracy near 0 or 1 would be estimated as nearly nothing.
    private const double LeastVariance = 0.01;
    private readonly Queue<(int Right, int Rows)> before = new();

    public bool Note(ArrivedLabels labels)
    {
        var now = (Right: labels.Right.Count(right => right), Rows: labels.Right.Count);
        var fell = now.Rows >= LeastRows && Fell(now, before.Sum(one => one.Right), before.Sum(one => one.Rows));
        before.Enqueue(now);
        if (before.Count > Deliveries)
        {
            before.Dequeue();
        }
        return fell;
    }

    public void Restart(long labelled) { }

    private bool Fell((int Right, int Rows) now, int right, int rows)
    {
        if (rows == 0)
        {
            return false;
        }
        var expected = right / (double)rows;
        var variance = Math.Max(expected * (1 - expected), LeastVariance);
        var error = Math.Sqrt(variance * (1.0 / now.Rows + 1.0 / rows));
        return now.Right / (double)now.Rows < expected - deviations * error;
    }
}
