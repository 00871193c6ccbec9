using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>Runs a processing job.</summary>
internal sealed class ProcessingStepRunner : IResourceStep
{
    public string CreateOperation => "CreateProcessingJob";

    public string DescribeOperation => "DescribeProcessingJob";

    public string StopOperation => "StopProcessingJob";

    public string MetadataMember => "ProcessingJob";

    public string ArnMember => "ProcessingJobArn";

    public string NameMember => "ProcessingJobName";

    public void Complete(JsonObject input, string resourceName, string step, PipelineExecution execution)
    {
        input[NameMember] = resourceName;
        StepTags.Add(input, step, execution);
    }

    public JsonObject Naming(StepRecord record) => new() { [NameMember] = record.ResourceName };

    public (string Status, string? Reason)? EndOf(JsonObject described)
    {
        var job = new DescribeProcessingJobResponse(described);
        return JobStatus.EndOf(job.ProcessingJobStatus, job.FailureReason);
    }
}
