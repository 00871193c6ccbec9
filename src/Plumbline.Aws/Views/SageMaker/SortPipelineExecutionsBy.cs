namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's SortPipelineExecutionsBy.</summary>
public static class SortPipelineExecutionsBy
{
    public const string CreationTime = "CreationTime";
    public const string PipelineExecutionArn = "PipelineExecutionArn";
}
