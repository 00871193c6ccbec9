using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>A step that ends its execution as Failed.</summary>
internal static class FailStepRunner
{
    /// <summary>Fails the step with the definition's ErrorMessage.</summary>
    public static StepRecord End(StepRecord record, StepDefinition step, Evaluation evaluation)
    {
        var message = evaluation.Resolve(step.Arguments["ErrorMessage"])?.ToString() ?? "";
        return record with
        {
            Status = StepStatus.Failed,
            EndTime = record.StartTime,
            FailureReason = message.Length > 0 ? message : null,
            Metadata = new JsonObject { ["Fail"] = new JsonObject { ["ErrorMessage"] = message } },
        };
    }
}
