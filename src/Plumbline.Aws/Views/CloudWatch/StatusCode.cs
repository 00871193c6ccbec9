namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch's StatusCode.</summary>
public static class StatusCode
{
    public const string Complete = "Complete";
    public const string InternalError = "InternalError";
    public const string PartialData = "PartialData";
    public const string Forbidden = "Forbidden";
}
