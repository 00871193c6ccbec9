using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Expressions;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.StepKinds;

/// <summary>A step that selects one of two branches.</summary>
internal static class ConditionStepRunner
{
    private const string Outcome = "Outcome";

    /// <summary>Evaluates the conditions, which ends the step immediately.</summary>
    public static StepRecord End(StepRecord record, StepDefinition step, Evaluation evaluation)
    {
        var outcome = Conditions.Hold(step.Arguments["Conditions"]!.AsArray(), evaluation);
        return record with
        {
            Status = StepStatus.Succeeded,
            EndTime = record.StartTime,
            Properties = new JsonObject { [Outcome] = outcome },
            Metadata = new JsonObject { ["Condition"] = new JsonObject { [Outcome] = outcome ? "True" : "False" } },
        };
    }

    /// <summary>Returns the outcome of a condition step, or null if it has not ended.</summary>
    public static bool? BranchOf(StepRecord? record) =>
        record is { Status: StepStatus.Succeeded } ? (bool?)record.Properties?[Outcome] : null;
}
