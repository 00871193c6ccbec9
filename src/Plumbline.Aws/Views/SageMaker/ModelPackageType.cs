namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's ModelPackageType.</summary>
public static class ModelPackageType
{
    public const string Versioned = "Versioned";
    public const string Unversioned = "Unversioned";
    public const string Both = "Both";
}
