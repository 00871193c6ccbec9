using System.Text.Json.Nodes;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>The alarm that starts a retraining. Those that roll a deployment back are made for each deployment.</summary>
internal static class LoopAlarms
{
    public static IEnumerable<LoopResource> Of(ProjectDescription project, LoopNames names) =>
        [Accuracy(project, names)];

    /// <summary>
    /// One period of 300 s for any schedule: with <c>ignore</c> the state stays between publications, however rare they
    /// are. Of two figures in a period the lower counts: their average would hide a low one.
    /// </summary>
    private static LoopResource Accuracy(ProjectDescription project, LoopNames names) =>
        new(
            ResourceKind.Alarm,
            names.AccuracyAlarm,
            new JsonObject
            {
                ["AlarmName"] = names.AccuracyAlarm,
                ["AlarmDescription"] =
                    $"The accuracy of {names.Project} in production is under {project.Quality.Threshold}.",
                ["Namespace"] = project.Monitor.Namespace,
                ["MetricName"] = project.Quality.Metric,
                ["Dimensions"] = Dimensions(("Endpoint", names.Endpoint), ("MonitoringSchedule", names.MonitorRule)),
                ["Statistic"] = "Minimum",
                ["Period"] = 300,
                ["EvaluationPeriods"] = 1,
                ["DatapointsToAlarm"] = 1,
                ["Threshold"] = project.Quality.Threshold,
                ["ComparisonOperator"] = "LessThanThreshold",
                ["TreatMissingData"] = "ignore",
                ["ActionsEnabled"] = true,
                ["AlarmActions"] = new JsonArray(names.TopicArn),
            }
        );

    private static JsonArray Dimensions(params (string Name, string Value)[] dimensions) =>
        [.. dimensions.Select(one => new JsonObject { ["Name"] = one.Name, ["Value"] = one.Value })];
}
