namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's ModelCompressionType.</summary>
public static class ModelCompressionType
{
    public const string None = "None";
    public const string Gzip = "Gzip";
}
