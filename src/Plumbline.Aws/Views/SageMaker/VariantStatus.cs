namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's VariantStatus.</summary>
public static class VariantStatus
{
    public const string Creating = "Creating";
    public const string Updating = "Updating";
    public const string Deleting = "Deleting";
    public const string ActivatingTraffic = "ActivatingTraffic";
    public const string Baking = "Baking";
}
