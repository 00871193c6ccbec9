using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>Runs a training job.</summary>
internal sealed class TrainingStepRunner : IResourceStep
{
    public string CreateOperation => "CreateTrainingJob";

    public string DescribeOperation => "DescribeTrainingJob";

    public string StopOperation => "StopTrainingJob";

    public string MetadataMember => "TrainingJob";

    public string ArnMember => "TrainingJobArn";

    public string NameMember => "TrainingJobName";

    public void Complete(JsonObject input, string resourceName, string step, PipelineExecution execution)
    {
        input[NameMember] = resourceName;
        StepTags.Add(input, step, execution);
    }

    public JsonObject Naming(StepRecord record) => new() { [NameMember] = record.ResourceName };

    public (string Status, string? Reason)? EndOf(JsonObject described)
    {
        var job = new DescribeTrainingJobResponse(described);
        return JobStatus.EndOf(job.TrainingJobStatus, job.FailureReason);
    }
}
