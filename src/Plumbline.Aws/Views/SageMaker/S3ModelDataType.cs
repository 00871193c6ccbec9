namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's S3ModelDataType.</summary>
public static class S3ModelDataType
{
    public const string S3Prefix = "S3Prefix";
    public const string S3Object = "S3Object";
}
