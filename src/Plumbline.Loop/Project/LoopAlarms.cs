using System.Text.Json.Nodes;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>The alarm that starts a retraining, and those that roll a deployment back.</summary>
internal static class LoopAlarms
{
    // A model that takes a second for a row is broken, whatever it answers. Microseconds.
    private const double Slow = 1_000_000;

    public static IEnumerable<LoopResource> Of(ProjectDescription project, LoopNames names) =>
        [
            Accuracy(project, names),
            Rollback(names, names.RollbackAlarms[0], "Invocation5XXErrors", "Sum", 0),
            Rollback(names, names.RollbackAlarms[1], "InvocationModelErrors", "Sum", 0),
            Rollback(names, names.RollbackAlarms[2], "ModelLatency", "Average", Slow),
        ];

    /// <summary>
    /// One period of 300 s for any schedule: with <c>ignore</c> the state stays between publications, however rare they
    /// are.
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
                ["Statistic"] = "Average",
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

    private static LoopResource Rollback(
        LoopNames names,
        string alarm,
        string metric,
        string statistic,
        double threshold
    ) =>
        new(
            ResourceKind.Alarm,
            alarm,
            new JsonObject
            {
                ["AlarmName"] = alarm,
                ["AlarmDescription"] = $"Rolls a deployment of {names.Project} back: {metric}.",
                ["Namespace"] = "AWS/SageMaker",
                ["MetricName"] = metric,
                ["Dimensions"] = Dimensions(("EndpointName", names.Endpoint), ("VariantName", LoopNames.Variant)),
                ["Statistic"] = statistic,
                ["Period"] = 60,
                ["EvaluationPeriods"] = 1,
                ["Threshold"] = threshold,
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["TreatMissingData"] = "notBreaching",
            }
        );

    private static JsonArray Dimensions(params (string Name, string Value)[] dimensions) =>
        [.. dimensions.Select(one => new JsonObject { ["Name"] = one.Name, ["Value"] = one.Value })];
}
