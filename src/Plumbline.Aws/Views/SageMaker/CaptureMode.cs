namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's CaptureMode.</summary>
public static class CaptureMode
{
    public const string Input = "Input";
    public const string Output = "Output";
    public const string InputAndOutput = "InputAndOutput";
}
