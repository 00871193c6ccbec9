namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's ProcessingS3InputMode.</summary>
public static class ProcessingS3InputMode
{
    public const string Pipe = "Pipe";
    public const string File = "File";
}
