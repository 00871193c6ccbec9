namespace Plumbline.Records.Recipes;

/// <summary>Trains when the accuracy on the newest labels is under a threshold, as the alarm does.</summary>
/// <param name="threshold">The accuracy, from 0 to 1.</param>
/// <param name="leastRows">With fewer labels it keeps quiet.</param>
public sealed class BelowThreshold(double threshold, int leastRows = BelowThreshold.LeastRows) : ITrainingTrigger
{
    /// <summary>The labels that an accuracy needs by default.</summary>
    public const int LeastRows = 20;

    public bool Note(ArrivedLabels labels) =>
        labels.Right.Count >= leastRows && labels.Right.Count(right => right) < threshold * labels.Right.Count;

    public void Restart(long labelled) { }
}
