namespace Plumbline.Records.Recipes;

/// <summary>A rule that says when to train a recipe. It has a memory, so each recipe needs its own.</summary>
public interface ITrainingTrigger
{
    /// <summary>Takes the labels that came in; true if it is time to train. Call it once for each delivery.</summary>
    bool Note(ArrivedLabels labels);

    /// <summary>Begins again after a training.</summary>
    /// <param name="labelled">The number of labelled rows that the training had.</param>
    void Restart(long labelled);
}
