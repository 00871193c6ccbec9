using Plumbline.Loop.Project;
using Plumbline.Loop.Training;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Monitoring;

/// <summary>
/// The monitor pipeline: one job that joins captured predictions with ground truth and publishes what it finds. A rule
/// starts it on the project's schedule, without parameters.
/// </summary>
public static class MonitorPipeline
{
    /// <summary>Replays a window: inference times, ISO 8601; empty for the schedule's own.</summary>
    public const string From = nameof(From);

    /// <inheritdoc cref="From"/>
    public const string To = nameof(To);

    /// <summary>The definition that CreatePipeline takes.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">What its resources are called.</param>
    /// <param name="inputs">Which description the job reads; null before anything was loaded.</param>
    public static string Definition(ProjectDescription project, LoopNames names, TrainingInputs? inputs = null)
    {
        var projectUri = Parameter.Text("ProjectUri", $"s3://{names.Bucket}/{inputs?.ProjectKey ?? "projects/"}");
        var from = Parameter.Text(From, "none");
        var to = Parameter.Text(To, "none");
        var monitor = new ProcessingStep("Monitor")
        {
            ImageUri = names.Jobs(),
            RoleArn = names.RoleArn(names.JobRole),
            InstanceType = project.Processing.Instance,
            VolumeSizeInGB = project.Processing.Volume,
            MaxRuntimeInSeconds = (int)project.Processing.MaxRuntime.TotalSeconds,
            ContainerArguments =
            [
                "monitor",
                "--project",
                projectUri,
                "--endpoint",
                names.Endpoint,
                "--schedule",
                names.MonitorRule,
                "--alarm",
                names.AccuracyAlarm,
                "--at",
                ExecutionVariable.StartDateTime,
                "--from",
                from,
                "--to",
                to,
            ],
        }.In(names.Aws, project.Processing.Instance);
        return new Pipeline { Parameters = [projectUri, from, to], Steps = [monitor] }.ToDefinition();
    }
}
