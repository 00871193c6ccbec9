namespace Plumbline.Records.Recipes;

/// <summary>Trains when at least one of several triggers fires.</summary>
public sealed class AnyTrigger(params IReadOnlyList<ITrainingTrigger> triggers) : ITrainingTrigger
{
    // All of them must see the labels, also after one has fired.
    public bool Note(ArrivedLabels labels) =>
        triggers.Aggregate(false, (fires, trigger) => trigger.Note(labels) || fires);

    public void Restart(long labelled)
    {
        foreach (var trigger in triggers)
        {
            trigger.Restart(labelled);
        }
    }
}
