using System.Diagnostics;
using System.Diagnostics.Metrics;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>
/// The activities of one execution's steps, and the count of finished steps. All attempts of a step are one activity. It
/// has no outcome if this server stopped before the step's end: the next server follows the step in another activity.
/// </summary>
internal sealed class StepActivities
{
    private const string Type = "plumbline.pipeline.step.type";
    private const string Outcome = "plumbline.pipeline.step.outcome";

    private static readonly Counter<long> Steps = Signals.Meter.CreateCounter<long>(
        "plumbline.pipeline.steps",
        "{step}",
        "Finished steps of pipelines"
    );

    private readonly Dictionary<string, Activity> open = [];

    /// <summary>Returns the step's activity, and starts it if needed; null if nobody listens.</summary>
    public Activity? Of(PipelineExecution execution, StepRecord step)
    {
        if (!Signals.Traced)
        {
            return open.GetValueOrDefault(step.Name);
        }

        if (!open.TryGetValue(step.Name, out var activity) && Start(execution, step) is { } started)
        {
            open[step.Name] = activity = started;
        }

        return activity;
    }

    /// <summary>Counts a step whose end is stored, and ends its activity.</summary>
    public void End(PipelineExecution execution, StepRecord step)
    {
        if (Steps.Enabled)
        {
            Steps.Add(1, new(Type, step.Type), new(Outcome, step.Status));
        }

        if (Of(execution, step) is { } activity)
        {
            open.Remove(step.Name);
            activity.SetTag(Outcome, step.Status);
            activity.SetTag("plumbline.pipeline.step.attempts", step.AttemptCount);
            if (step.Status == StepStatus.Failed)
            {
                activity.SetTag("error.type", step.Status).SetStatus(ActivityStatusCode.Error, step.FailureReason);
            }

            Signals.StopAside(activity);
        }
    }

    /// <summary>Ends the activities of the steps that this run leaves to another one.</summary>
    public void Leave()
    {
        foreach (var activity in open.Values)
        {
            Signals.StopAside(activity);
        }

        open.Clear();
    }

    private static Activity? Start(PipelineExecution execution, StepRecord step) =>
        Signals
            .StartAside($"step {step.Name}")
            ?.SetTag("plumbline.pipeline.name", execution.PipelineName)
            .SetTag("plumbline.pipeline.execution", execution.Arn)
            .SetTag("plumbline.pipeline.step.name", step.Name)
            .SetTag(Type, step.Type);
}
