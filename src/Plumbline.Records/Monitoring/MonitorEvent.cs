namespace Plumbline.Records.Monitoring;

/// <summary>The events that a measurement sends; the detail of each has the <c>project</c>.</summary>
public static class MonitorEvent
{
    public const string Source = "plumbline";

    /// <summary>
    /// The detail type while the alarm is still on; the detail also has <c>endpoint</c>, <c>alarmName</c>,
    /// <c>explanation</c>, <c>report</c>.
    /// </summary>
    public const string StillLow = "Accuracy Still Low";

    /// <summary>
    /// The detail type if a training is due although the figure does not miss the threshold; the detail also has
    /// <c>trigger</c> (<c>change</c> or <c>growth</c>) and <c>explanation</c>.
    /// </summary>
    public const string TrainingDue = "Training Due";

    /// <summary>
    /// The detail type while <see cref="Layout.WaitingPush"/> exists; the detail also has the <c>trigger</c> <c>push</c>.
    /// </summary>
    public const string PushWaiting = "Push Waiting";
}
