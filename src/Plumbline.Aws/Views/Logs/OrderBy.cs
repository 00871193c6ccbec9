namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch Logs's OrderBy.</summary>
public static class OrderBy
{
    public const string LogStreamName = "LogStreamName";
    public const string LastEventTime = "LastEventTime";
}
