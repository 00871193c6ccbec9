namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>AWS's names of an alarm's states.</summary>
internal static class AlarmState
{
    public const string Ok = "OK";
    public const string Alarm = "ALARM";
    public const string InsufficientData = "INSUFFICIENT_DATA";
}
