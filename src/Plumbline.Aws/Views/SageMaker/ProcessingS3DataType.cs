namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's ProcessingS3DataType.</summary>
public static class ProcessingS3DataType
{
    public const string ManifestFile = "ManifestFile";
    public const string S3Prefix = "S3Prefix";
}
