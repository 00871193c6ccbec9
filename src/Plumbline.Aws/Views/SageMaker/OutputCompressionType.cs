namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's OutputCompressionType.</summary>
public static class OutputCompressionType
{
    public const string Gzip = "GZIP";
    public const string None = "NONE";
}
