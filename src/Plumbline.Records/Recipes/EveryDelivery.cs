namespace Plumbline.Records.Recipes;

/// <summary>Trains whenever labels come in.</summary>
public sealed class EveryDelivery : ITrainingTrigger
{
    public bool Note(ArrivedLabels labels) => true;

    public void Restart(long labelled) { }
}
