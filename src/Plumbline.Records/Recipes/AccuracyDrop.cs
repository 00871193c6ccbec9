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

    /// <summary>The deliveries of labels, or measurements, that the newest is compared with.</summary>
    public const int Deliveries = 3;

    private const int LeastRows = 20;
    private readonly Queue<(int Right, int Rows)> before = new();

    public bool Note(ArrivedLabels labels)
    {
        var now = (Right: labels.Right.Count(right => right), Rows: labels.Right.Count);
        var fall = Fall.OfAccuracy(now.Right, now.Rows, before.Sum(one => one.Right), before.Sum(one => one.Rows));
        before.Enqueue(now);
        if (before.Count > Deliveries)
        {
            before.Dequeue();
        }
        return now.Rows >= LeastRows && fall?.IsDeeper(deviations) == true;
    }

    public void Restart(long labelled) { }
}
