namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's TrainingInputMode.</summary>
public static class TrainingInputMode
{
    public const string Pipe = "Pipe";
    public const string File = "File";
    public const string FastFile = "FastFile";
}
