using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Monitoring;

/// <summary>
/// The monitor pipeline: one job that joins captured predictions with ground truth and publishes the accuracy. A rule
/// starts it on the project's schedule, without parameters.
/// </summary>
public static class MonitorPipeline
{
    /// <summary>The first or last inference time of a past window; <c>none</c> for the schedule's window.</summary>
    public const string From = nameof(From);

    /// <inheritdoc cref="From"/>
    public const string To = nameof(To);

    /// <summary>The definition that CreatePipeline takes.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">The names of its resources.</param>
    /// <param name="inputs">The uploaded description that the job reads; null before the first upload.</param>
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
