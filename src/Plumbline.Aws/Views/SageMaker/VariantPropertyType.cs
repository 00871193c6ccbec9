namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's VariantPropertyType.</summary>
public static class VariantPropertyType
{
    public const string DesiredInstanceCount = "DesiredInstanceCount";
    public const string DesiredWeight = "DesiredWeight";
    public const string DataCaptureConfig = "DataCaptureConfig";
}
