namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's StatusType.</summary>
public static class StatusType
{
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";
    public const string Fault = "FAULT";
    public const string TimedOut = "TIMED_OUT";
    public const string InProgress = "IN_PROGRESS";
    public const string Stopped = "STOPPED";
}
