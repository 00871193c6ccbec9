namespace Plumbline.Records.Recipes;

/// <summary>
/// Trains when the labelled rows have grown by a share since the last training. As the share is of all rows, the rows
/// that are trained on in all grow in proportion to the labels, not to their square.
/// </summary>
/// <param name="share">For example 0.07.</param>
/// <param name="labelled">The labelled rows of the first training.</param>
public sealed class LabelGrowth(double share, long labelled) : ITrainingTrigger
{
    private double next = labelled * (1 + share);

    public bool Note(ArrivedLabels labels) => labels.Labelled >= next;

    public void Restart(long labelled) => next = labelled * (1 + share);
}
