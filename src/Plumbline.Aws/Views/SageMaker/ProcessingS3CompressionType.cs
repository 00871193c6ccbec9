namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's ProcessingS3CompressionType.</summary>
public static class ProcessingS3CompressionType
{
    public const string None = "None";
    public const string Gzip = "Gzip";
}
