using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// The kind of a training: a full one trains all candidates and recipes; a refresh trains only the model of the newest
/// rows, and blends it with the other parts as they are.
/// </summary>
/// <param name="IsRefresh">True for a refresh.</param>
/// <param name="Reason">The reason as a sentence with figures; empty if there is nothing to choose.</param>
public sealed record TrainingKind(bool IsRefresh, string Reason)
{
    /// <summary>The value of the pipeline's parameter for a training of all candidates.</summary>
    public const string Full = "full";

    /// <summary>The value of the pipeline's parameter for a refresh.</summary>
    public const string Refresh = "refresh";

    /// <summary>The value of the pipeline's parameter for this kind.</summary>
    public string Word => IsRefresh ? Refresh : Full;

    /// <summary>
    /// Decides: the loop itself trains all candidates when the rows have grown by <c>retraining.growth</c> since it last
    /// did, and refreshes in between. A push, a person and a schedule always train all candidates, and so do few labels
    /// (<see cref="FewLabels"/>): then each of them counts, and a training costs little.
    /// </summary>
    /// <param name="project">The recipes and the growth.</param>
    /// <param name="trigger">The trigger, such as <c>growth</c>.</param>
    /// <param name="full">
    /// The rows of the newest full training, held-out ones included; null without one whose models a blend can take.
    /// </param>
    /// <param name="rows">The rows that a training would have now.</param>
    /// <param name="measured">The audit labels of the newest measurement; null if unknown.</param>
    public static TrainingKind Of(ProjectDescription project, string trigger, long? full, long rows, long? measured)
    {
        if (
            !project.Training.Refreshes()
            || project.Retraining.Growth is not { } share
            || trigger is not ("growth" or "change" or "alarm")
        )
        {
            return new TrainingKind(false, "");
        }
        if (full is not { } learned)
        {
            return new TrainingKind(false, "All candidates are trained, because a blend has no earlier parts yet.");
        }
        if (measured < FewLabels.Few)
        {
            return new TrainingKind(
                false,
                $"All candidates are trained, because the newest measurement has under {FewLabels.Few} labels."
            );
        }
        var grown = new LabelGrowth(share, learned).Note(new ArrivedLabels([], rows));
        var figures =
            $"there are {LabelsGrown.Percent(rows / (double)learned - 1)} more rows than the {learned} that `old` and `new` have learned, and {LabelsGrown.Percent(share)} train them again";
        return grown
            ? new TrainingKind(false, $"All candidates are trained: {figures}.")
            : new TrainingKind(true, $"Only `recent` is trained: {figures}.");
    }
}
