namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's ProcessingS3UploadMode.</summary>
public static class ProcessingS3UploadMode
{
    public const string Continuous = "Continuous";
    public const string EndOfJob = "EndOfJob";
}
