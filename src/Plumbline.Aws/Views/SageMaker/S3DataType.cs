namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's S3DataType.</summary>
public static class S3DataType
{
    public const string ManifestFile = "ManifestFile";
    public const string S3Prefix = "S3Prefix";
    public const string AugmentedManifestFile = "AugmentedManifestFile";
    public const string Converse = "Converse";
}
