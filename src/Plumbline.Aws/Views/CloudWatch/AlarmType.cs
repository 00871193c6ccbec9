namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch's AlarmType.</summary>
public static class AlarmType
{
    public const string CompositeAlarm = "CompositeAlarm";
    public const string MetricAlarm = "MetricAlarm";
}
