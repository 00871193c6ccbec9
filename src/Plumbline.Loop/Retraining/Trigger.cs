namespace Plumbline.Loop.Retraining;

/// <summary>
/// The reasons to ask for a training. In lower case they are the values of <c>plumb retrain --trigger</c> and of the
/// pipeline's parameter <c>Trigger</c>.
/// </summary>
public enum Trigger
{
    /// <summary>A commit on the default branch.</summary>
    Push,

    /// <summary>The alarm on the figure, or a figure that stays bad.</summary>
    Alarm,

    Schedule,

    /// <summary>A figure that fell by more than chance explains (<c>retraining.onChange</c>).</summary>
    Change,

    /// <summary>Labels that have grown by a share (<c>retraining.growth</c>).</summary>
    Growth,

    /// <summary>A person, with <c>plumb retrain</c>.</summary>
    Hand,
}

/// <summary>The properties of triggers.</summary>
public static class Triggers
{
    /// <summary>The trigger as people and the pipeline write it.</summary>
    public static string Word(this Trigger trigger) => trigger.ToString().ToLowerInvariant();

    /// <summary>True if the loop asks by itself: then the limits of <c>retraining</c> hold.</summary>
    public static bool IsByItself(this Trigger trigger) => trigger is not (Trigger.Push or Trigger.Hand);
}
