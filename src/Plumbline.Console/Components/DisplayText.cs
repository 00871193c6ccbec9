using System.Globalization;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;

namespace Plumbline.WebConsole.Components;

/// <summary>Formats figures and times for all pages.</summary>
internal static class DisplayText
{
    /// <summary>A share in [0, 1] as 0.953; a dash for null.</summary>
    public static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>An interval as 0.908 - 0.977.</summary>
    public static string Interval(double? lower, double? upper) =>
        lower is null || upper is null ? "" : $"{Share(lower)} - {Share(upper)}";

    /// <summary>The interval of a measurement, in the unit of its metric.</summary>
    public static string Interval(MonitorReport report) =>
        report is { Lower: { } lower, Upper: { } upper } ? $"{report.Text(lower)} - {report.Text(upper)}" : "-";

    /// <summary>A figure with its interval and the number of its rows.</summary>
    public static string Figure(SetEvaluation? set) =>
        set is { Value: { } value, Lower: { } lower, Upper: { } upper }
            ? $"{Text(set, value)} ({Text(set, lower)} - {Text(set, upper)}, {set.Rows} rows)"
            : "-";

    private static string Text(SetEvaluation set, double value) => MetricKind.Of(set.Metric).Text(value);

    /// <summary>A time, UTC, to the second.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A duration such as <c>4.2 s</c>, <c>3 min 20 s</c> or <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan? duration) =>
        duration switch
        {
            null => "-",
            { TotalSeconds: < 60 } d => string.Create(CultureInfo.InvariantCulture, $"{d.TotalSeconds:0.0} s"),
            { TotalHours: < 1 } d => $"{(int)d.TotalMinutes} min {d.Seconds} s",
            { } d => $"{(int)d.TotalHours} h {d.Minutes} min",
        };

    /// <summary>The first 8 characters of an id.</summary>
    public static string Short(string? id) => id is { Length: > 8 } ? id[..8] : id ?? "";

    /// <summary>The name of the person who acted: the console's user, else the role or user of the ARN.</summary>
    public static string Who(string who) =>
        who.Split(' ') is [_, var user]
            ? Arn.TryParse(user, out _)
                ? Who(user)
                : user
            : Arn.TryParse(who, out var arn) && arn.RoleOfSession is { } role
                ? role
                : Arn.NameOf(who);

    /// <summary>A coordinate or length in a picture.</summary>
    public static string At(double place) => place.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The CSS class of a state: good, warn, bad, busy, or empty.</summary>
    public static string Tone(string? state) =>
        state switch
        {
            PipelineExecutionStatus.Succeeded
            or StatusType.Succeeded
            or ModelApprovalStatus.Approved
            or EndpointStatus.InService
            or StateValue.Ok
            or TrainingJobStatus.Completed
            or nameof(MonitorState.Measured)
            or "done"
            or "deployed"
            or "started" => "good",
            PipelineExecutionStatus.Failed
            or StatusType.Failed
            or StatusType.Fault
            or StatusType.TimedOut
            or StateValue.Alarm
            or "failed"
            or "rolledBack" => "bad",
            StepStatus.Starting
            or PipelineExecutionStatus.Executing
            or PipelineExecutionStatus.Stopping
            or StatusType.InProgress
            or TrainingJobStatus.InProgress
            or EndpointStatus.Creating
            or EndpointStatus.Updating
            or EndpointStatus.RollingBack => "busy",
            PipelineExecutionStatus.Stopped
            or ModelPackageStatus.Pending
            or ModelApprovalStatus.PendingManualApproval
            or ModelApprovalStatus.Rejected
            or StateValue.InsufficientData
            or nameof(MonitorState.TooFewLabels)
            or nameof(MonitorState.NothingToMeasure)
            or "refused" => "warn",
            _ => "",
        };
}
