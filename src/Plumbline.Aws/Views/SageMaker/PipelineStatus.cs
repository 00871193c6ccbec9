namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's PipelineStatus.</summary>
public static class PipelineStatus
{
    public const string Active = "Active";
    public const string Deleting = "Deleting";
}
