using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeProcessingJobResponse.</summary>
public sealed record DescribeProcessingJobResponse(JsonObject Tree)
{
    public string ProcessingJobStatus =>
        Tree.Text("ProcessingJobStatus")
        ?? throw ViewError.Missing(nameof(DescribeProcessingJobResponse), "ProcessingJobStatus");

    public string? FailureReason => Tree.Text("FailureReason");
}
