namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's CaptureStatus.</summary>
public static class CaptureStatus
{
    public const string Started = "Started";
    public const string Stopped = "Stopped";
}
