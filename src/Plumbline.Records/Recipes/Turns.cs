namespace Plumbline.Records.Recipes;

/// <summary>
/// Lets recipes take turns: all have the same trigger, and each time it fires only one of them trains. So several dear
/// recipes cost as much as one.
/// </summary>
/// <param name="trigger">The trigger; each of the recipes has its own copy.</param>
/// <param name="turns">One member for each turn of a round: true if the recipe trains at that turn.</param>
public sealed class Turns(ITrainingTrigger trigger, params IReadOnlyList<bool> turns) : ITrainingTrigger
{
    private int turn;

    public bool Note(ArrivedLabels labels)
    {
        if (!trigger.Note(labels))
        {
            return false;
        }
        // The other recipes' copies see the same labels, so that all agree on the turn.
        trigger.Restart(labels.Labelled);
        return turns[turn++ % turns.Count];
    }

    public void Restart(long labelled) { }
}
