namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's S3DataDistribution.</summary>
public static class S3DataDistribution
{
    public const string FullyReplicated = "FullyReplicated";
    public const string ShardedByS3Key = "ShardedByS3Key";
}
