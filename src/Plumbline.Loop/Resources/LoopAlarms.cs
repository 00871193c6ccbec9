using System.Text.Json.Nodes;
using Plumbline.Aws.Events;
using Plumbline.Loop.Home;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Resources;

/// <summary>
/// The alarm that starts a retraining, and two that only notify people: of missing measurements, and of errors. The
/// alarms that roll a deployment back are created for each deployment.
/// </summary>
internal static class LoopAlarms
{
    private const int Errors = 3;
    private const double ErrorPercent = 1;

    /// <summary>The longest time that the periods of a CloudWatch alarm may span.</summary>
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(7);

    public static IEnumerable<LoopResource> Of(ProjectDescription project, LoopNames names) =>
        [Accuracy(project, names), .. NoFigure(project, names), EndpointErrors(names)];

    /// <summary>
    /// One period of 300 s for any schedule: with <c>ignore</c> the state stays between measurements, however rare they
    /// are. Of two measurements in a period the worse one counts: their average would hide it. Of an error more is worse.
    /// </summary>
    private static LoopResource Accuracy(ProjectDescription project, LoopNames names)
    {
        var kind = project.Quality.Kind();
        var alarm = OfFigure(
            project,
            names,
            names.AccuracyAlarm,
            $"The {kind.InSentence} of {names.Project} in production is {kind.WrongSide} {project.Quality.Threshold}."
        );
        alarm["Statistic"] = kind.HigherIsBetter ? "Minimum" : "Maximum";
        alarm["Period"] = 300;
        alarm["EvaluationPeriods"] = 1;
        alarm["DatapointsToAlarm"] = 1;
        alarm["Threshold"] = project.Quality.Threshold;
        alarm["ComparisonOperator"] = kind.HigherIsBetter ? "LessThanThreshold" : "GreaterThanThreshold";
        alarm["TreatMissingData"] = "ignore";
        alarm["ActionsEnabled"] = true;
        alarm["AlarmActions"] = new JsonArray(names.TopicArn);
        return new LoopResource(ResourceKind.Alarm, names.AccuracyAlarm, alarm);
    }

    /// <summary>
    /// Notifies people when measurements stop. It is never in ALARM: its state is INSUFFICIENT_DATA before the first
    /// measurement, which notifies nobody since nothing changed, and again when its whole evaluation range has none.
    /// CloudWatch's evaluation range is longer than one period by at least another, so that a single missing
    /// measurement does not notify. A schedule with pauses of over seven days has no such alarm: no alarm looks back so
    /// far.
    /// </summary>
    private static IEnumerable<LoopResource> NoFigure(ProjectDescription project, LoopNames names)
    {
        if (LongestPause(project.Monitor) is not { } pause || pause > LongestPeriod)
        {
            yield break;
        }

        var alarm = OfFigure(
            project,
            names,
            names.NoFigureAlarm,
            $"INSUFFICIENT_DATA: no {project.Quality.Kind().InSentence} of {names.Project} was measured for two schedules or more. plumb status says why."
        );
        alarm["Statistic"] = "SampleCount";
        alarm["Period"] = (int)Math.Ceiling(pause.TotalMinutes) * 60;
        alarm["EvaluationPeriods"] = 1;
        alarm["Threshold"] = 0;
        alarm["ComparisonOperator"] = "LessThanThreshold";
        alarm["TreatMissingData"] = "missing";
        alarm["InsufficientDataActions"] = new JsonArray(names.TopicArn);
        yield return new LoopResource(ResourceKind.Alarm, names.NoFigureAlarm, alarm);
    }

    /// <summary>
    /// Watches a rate of errors, without callers' mistakes (4xx). It does not roll back a deployment.
    /// </summary>
    private static LoopResource EndpointErrors(LoopNames names) =>
        new(
            ResourceKind.Alarm,
            names.ErrorsAlarm,
            new JsonObject
            {
                ["AlarmName"] = names.ErrorsAlarm,
                ["AlarmDescription"] =
                    $"More than {ErrorPercent} % of the requests to {names.Endpoint} fail with 5xx, and at least {Errors} requests.",
                ["Metrics"] = new JsonArray(
                    OfEndpoint(names, "errors", "Invocation5XXErrors"),
                    OfEndpoint(names, "requests", "Invocations"),
                    new JsonObject
                    {
                        ["Id"] = "figure",
                        ["Expression"] = $"IF(errors >= {Errors}, 100 * errors / requests, 0)",
                    }
                ),
                ["EvaluationPeriods"] = 1,
                ["Threshold"] = ErrorPercent,
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["TreatMissingData"] = "notBreaching",
                ["AlarmActions"] = new JsonArray(names.TopicArn),
            }
        );

    /// <summary>An alarm on the published figure.</summary>
    private static JsonObject OfFigure(ProjectDescription project, LoopNames names, string alarm, string description) =>
        new()
        {
            ["AlarmName"] = alarm,
            ["AlarmDescription"] = description,
            ["Namespace"] = project.Monitor.Namespace,
            ["MetricName"] = project.Quality.Kind().Published,
            ["Dimensions"] = Dimensions(("Endpoint", names.Endpoint), ("MonitoringSchedule", names.MonitorRule)),
        };

    private static JsonObject OfEndpoint(LoopNames names, string id, string metric) =>
        new()
        {
            ["Id"] = id,
            ["MetricStat"] = new JsonObject
            {
                ["Metric"] = new JsonObject
                {
                    ["Namespace"] = "AWS/SageMaker",
                    ["MetricName"] = metric,
                    ["Dimensions"] = Dimensions(("EndpointName", names.Endpoint), ("VariantName", LoopNames.Variant)),
                },
                ["Period"] = 300,
                ["Stat"] = "Sum",
            },
            ["ReturnData"] = false,
        };

    /// <summary>
    /// The longest time between two of a year's first measurements; null if there are fewer than two.
    /// </summary>
    private static TimeSpan? LongestPause(MonitorDescription monitor)
    {
        const int Looked = 100;
        var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        try
        {
            var schedule = ScheduleExpression.Parse(monitor.ScheduleExpression());
            var (longest, last) = ((TimeSpan?)null, schedule.Next(start, start));
            for (var i = 0; i < Looked && last is { } one && schedule.Next(start, one) is { } next; i++)
            {
                (longest, last) = (longest > next - one ? longest : next - one, next);
            }

            return longest;
        }
        catch (FormatException)
        {
            return null; // PutRule refuses the schedule too, and `plumb check` says why.
        }
    }

    private static JsonArray Dimensions(params (string Name, string Value)[] dimensions) =>
        [.. dimensions.Select(one => new JsonObject { ["Name"] = one.Name, ["Value"] = one.Value })];
}
