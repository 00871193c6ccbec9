namespace Plumbline.Records.Recipes;

/// <summary>
/// Trains whenever labels come in, as long as they are few. Then each label counts, and a training costs little, because
/// it has few rows.
/// </summary>
public sealed class FewLabels : ITrainingTrigger
{
    /// <summary>A delivery of fewer labels has few.</summary>
    public const int Few = 250;

    public bool Note(ArrivedLabels labels) => labels.Right.Count < Few;

    public void Restart(long labelled) { }
}
