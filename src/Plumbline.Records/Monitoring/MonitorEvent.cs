namespace Plumbline.Records.Monitoring;

/// <summary>The events that a measurement puts; the detail of each has the <c>project</c>.</summary>
public static class MonitorEvent
{
    /// <summary>Their source.</summary>
    public const string Source = "plumbline";

    /// <summary>The detail type where the alarm still stands; also <c>endpoint</c>, <c>alarmName</c>, <c>explanation</c>, <c>report</c>.</summary>
    public const string StillLow = "Accuracy Still Low";

    /// <summary>The detail type where <see cref="Layout.WaitingPush"/> is there.</summary>
    public const string PushWaiting = "Push Waiting";
}
