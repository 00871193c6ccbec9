using System.Globalization;

namespace Plumbline.Records;

/// <summary>Where a loop keeps what in its bucket, and what its resources are called: keys, without the bucket.</summary>
public static class Layout
{
    /// <summary>How the names of files of records end: one record a line. What is named otherwise beside them is not read.</summary>
    public const string Lines = ".jsonl";

    /// <summary>All corrections.</summary>
    public const string Corrections = "corrections/";

    /// <summary>Says what the corrections are, and keeps their prefix from being empty: SageMaker fails a job whose input is.</summary>
    public const string CorrectionsMarker = Corrections + "README.txt";

    /// <summary>All ground truth.</summary>
    public const string GroundTruth = "ground-truth/";

    /// <summary>How far ground truth was taken in as corrections.</summary>
    public const string Intake = Corrections + "intake.json";

    /// <summary>The destination of data capture, to which AWS adds endpoint, variant and hour.</summary>
    public const string Captures = "captures";

    /// <summary>The newest list of audit-sample rows that nobody has reviewed.</summary>
    public const string AuditQueue = "monitor/queue/audit.jsonl";

    /// <summary>The newest list of rows that the model is least certain of.</summary>
    public const string UncertainQueue = "monitor/queue/uncertain.jsonl";

    /// <summary>Who looks at which item of the two lists at this moment.</summary>
    public const string ReviewLeases = "monitor/queue/leases.json";

    /// <summary>Is there while the newest commit waits for a training that was in progress when it was built.</summary>
    public const string WaitingPush = "governor/waiting.json";

    /// <summary>The measurements; what was published.</summary>
    public const string MonitorRuns = "monitor/runs/";

    /// <summary>Measurements of other windows: looked at, and published nowhere.</summary>
    public const string MonitorReplays = "monitor/replays/";

    /// <summary>The loop's bucket.</summary>
    public static string Bucket(string project, string account) => $"plumbline-{project}-{account}";

    /// <summary>The bucket of a stage: within the 63 letters of S3 for the longest name and region.</summary>
    public static string StageBucket(string loop, string account, string region) => $"{loop}-{account}-{region}";

    /// <summary>Where trainings that go on keep their checkpoints, one folder an execution and step; old ones expire.</summary>
    public const string Checkpoints = "executions/checkpoints";

    /// <summary>Base data by its SHA-256.</summary>
    public static string BaseData(string sha256) => $"data/base/{sha256}.csv";

    /// <summary>A project description as JSON by its SHA-256.</summary>
    public static string ProjectDescription(string sha256) => $"projects/{sha256}.json";

    /// <summary>A project's training code by the SHA-256 of what is in it.</summary>
    public static string Code(string sha256) => $"code/{sha256}/sourcedir.tar.gz";

    /// <summary>The program that scores a model by its own handler, by its SHA-256.</summary>
    public static string ScoreProgram(string sha256) => $"code/{sha256}/score.py";

    /// <summary>All data set versions.</summary>
    public const string DataSets = "datasets/";

    /// <summary>A data set version; file names follow.</summary>
    public static string DataSet(string version) => $"{DataSets}{version}/";

    /// <summary>The manifest of a data set version, written last.</summary>
    public static string Manifest(string version) => $"{DataSet(version)}manifest.json";

    /// <summary>The result of the comparison of an execution, by its id.</summary>
    public static string Comparison(string executionId) => $"executions/{executionId}/Compare/comparison.json";

    /// <summary>A file of corrections, by the hour in which they were made.</summary>
    public static string CorrectionFile(DateTimeOffset time, Guid id) => $"{Corrections}{Hour(time)}/{id}.jsonl";

    /// <summary>A file of ground truth, by the hour in which the labels were given.</summary>
    public static string GroundTruthFile(DateTimeOffset time, Guid id) => $"{GroundTruth}{Hour(time)}/{id}.jsonl";

    /// <summary>The captures of an endpoint; variant and hour follow.</summary>
    public static string EndpointCaptures(string endpoint) => $"{Captures}/{endpoint}/";

    /// <summary>The folder of a monitor run, by the time it was started for.</summary>
    public static string MonitorRun(DateTimeOffset at) =>
        $"{MonitorRuns}{at.UtcDateTime.ToString("yyyy-MM-ddTHH-mm-ss", CultureInfo.InvariantCulture)}Z/";

    /// <summary>The folder of a replay, by the time it was started for.</summary>
    public static string MonitorReplay(DateTimeOffset at) => MonitorReplays + MonitorRun(at)[MonitorRuns.Length..];

    /// <summary>The part of a key that names an hour: <c>yyyy/mm/dd/hh</c>, UTC. Sorts as time does.</summary>
    public static string Hour(DateTimeOffset time) =>
        time.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    /// <summary>
    /// A text that sorts before all keys of the hour before a key's, for listing again what may have come late; null where the
    /// key has no hour.
    /// </summary>
    /// <param name="prefix">What stands before the hour.</param>
    /// <param name="key">A key with that prefix, or null.</param>
    public static string? HourBefore(string prefix, string? key) =>
        key?.Length >= prefix.Length + 13
        && HourOf(key.AsSpan(prefix.Length, 13)) is { } hour
        && hour > DateTimeOffset.MinValue
            ? prefix + Hour(hour.AddHours(-1))
            : null;

    /// <summary>The beginning of an hour as <see cref="Hour"/> writes it; null where the text is not one.</summary>
    public static DateTimeOffset? HourOf(ReadOnlySpan<char> text) =>
        DateTimeOffset.TryParseExact(
            text,
            HourFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var hour
        )
            ? hour
            : null;

    private const string HourFormat = "yyyy'/'MM'/'dd'/'HH";
}
