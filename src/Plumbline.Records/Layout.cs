using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Records.Project;

namespace Plumbline.Records;

/// <summary>The keys of a loop's bucket, and the names of its resources. Keys do not include the bucket.</summary>
public static class Layout
{
    /// <summary>
    /// The extension of record files, which have one record per line. Files with other names in the same folders are
    /// not read.
    /// </summary>
    public const string Lines = ".jsonl";

    public const string Corrections = "corrections/";

    /// <summary>
    /// A text that explains the corrections. It keeps their prefix from being empty, because SageMaker fails a job with
    /// an empty input.
    /// </summary>
    public const string CorrectionsMarker = Corrections + "README.txt";

    /// <summary>The labels that people added; see <see cref="GroundTruth.AddedLabel"/>.</summary>
    public const string AddedLabels = Corrections + "labels.json";

    /// <summary>The contents of examples, each once under its hash.</summary>
    public const string Contents = "content/";

    /// <summary>
    /// A text that explains the contents. A list of contents that would be empty names it, because SageMaker fails a job
    /// with an empty input.
    /// </summary>
    public const string ContentsMarker = Contents + "README.txt";

    /// <summary>The hashes of contents that stay elsewhere in S3, by key and ETag, so that each is read once.</summary>
    public const string Pins = "data/pins/";

    public const string GroundTruth = "ground-truth/";

    /// <summary>Files of truths that any tool puts there: CSV, JSON Lines or Parquet.</summary>
    public const string TruthDrop = "truth/";

    /// <summary>The progress of taking ground truth as corrections.</summary>
    public const string Intake = Corrections + "intake.json";

    /// <summary>The destination of data capture, to which AWS adds endpoint, variant and hour.</summary>
    public const string Captures = "captures";

    /// <summary>The newest list of audit-sample rows without a review.</summary>
    public const string AuditQueue = "monitor/queue/audit.jsonl";

    /// <summary>The newest list of rows that the model is least certain of.</summary>
    public const string UncertainQueue = "monitor/queue/uncertain.jsonl";

    /// <summary>The people who look at items of the two lists now.</summary>
    public const string ReviewLeases = "monitor/queue/leases.json";

    /// <summary>The report about a file in <see cref="TruthDrop"/>.</summary>
    public static string DropReport(string key) => $"monitor/truth/{key[TruthDrop.Length..]}.json";

    /// <summary>Exists while the newest commit waits for a training that was in progress when it was built.</summary>
    public const string WaitingPush = "governor/waiting.json";

    /// <summary>The published measurements, one folder per run.</summary>
    public const string MonitorRuns = "monitor/runs/";

    /// <summary>Measurements of other windows, which are not published.</summary>
    public const string MonitorReplays = "monitor/replays/";

    /// <summary>The reports of backtests that were stored for the console.</summary>
    public const string Backtests = "backtests/";

    /// <summary>The key of a backtest's report, by the time of the backtest.</summary>
    public static string Backtest(DateTimeOffset at) =>
        $"{Backtests}{at.UtcDateTime.ToString("yyyy-MM-ddTHH-mm-ss", CultureInfo.InvariantCulture)}Z.json";

    public static string Bucket(string project, string account) => $"plumbline-{project}-{account}";

    /// <summary>The bucket of a stage; the longest name and region stay within S3's 63 characters.</summary>
    public static string StageBucket(string loop, string account, string region) => $"{loop}-{account}-{region}";

    /// <summary>
    /// The checkpoints of trainings that can continue, with one folder per execution and step; old ones expire.
    /// </summary>
    public const string Checkpoints = "executions/checkpoints";

    public static string BaseData(string sha256) => $"data/base/{sha256}.csv";

    /// <summary>The list of the base data's objects in S3 (<see cref="Sources.SourceObject"/>), or of its contents.</summary>
    public static string BaseObjects(string sha256) => $"data/base/{sha256}{Lines}";

    /// <summary>The parts of listings in progress; beside the lists, which the same roles write.</summary>
    public const string Listings = "data/base/listing/";

    /// <summary>A part of the listing of a prefix in S3, from 0.</summary>
    public static string ListingPart(string prefix, int part) =>
        $"{Listings}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix)))[..16]}/{part.ToString("D5", CultureInfo.InvariantCulture)}{Lines}";

    /// <summary>A part of <see cref="Pins"/>, in the order of time.</summary>
    public static string PinPart(DateTimeOffset time, Guid id) =>
        $"{Pins}{time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff", CultureInfo.InvariantCulture)}-{id:N}{Lines}";

    public static string ProjectDescription(string sha256) => $"projects/{sha256}.json";

    /// <summary>A project's training code, by the SHA-256 of its content.</summary>
    public static string Code(string sha256) => $"code/{sha256}/sourcedir.tar.gz";

    /// <summary>The program of <c>quality.score</c>, by the SHA-256 of its content.</summary>
    public static string ScoreArchive(string sha256) => $"code/{sha256}/score.tar.gz";

    /// <summary>The program that scores a model with the model's own handler, by its SHA-256.</summary>
    public static string ScoreProgram(string sha256) => $"code/{sha256}/score.py";

    /// <summary>The recipes' newest models and how they did (<c>RecipeRecord</c>); jobs may write below it.</summary>
    public const string Recipes = "models/recipes.json";

    public const string DataSets = "datasets/";

    /// <summary>The prefix of a data set version.</summary>
    public static string DataSet(string version) => $"{DataSets}{version}/";

    /// <summary>The manifest of a data set version, written last.</summary>
    public static string Manifest(string version) => $"{DataSet(version)}manifest.json";

    /// <summary>The figures of a sample of a version's training inputs, if they are contents.</summary>
    public static string InputReference(string version) => $"{DataSet(version)}inputs.json";

    /// <summary>The figures of a sample of the inputs in the newest window, if they are contents.</summary>
    public const string InputsNow = "monitor/inputs.json";

    /// <summary>The result of an execution's comparison, by the execution's id.</summary>
    public static string Comparison(string executionId) => $"executions/{executionId}/Compare/comparison.json";

    /// <summary>A file of corrections, by the hour in which they were made.</summary>
    public static string CorrectionFile(DateTimeOffset time, Guid id) => $"{Corrections}{Hour(time)}/{id}.jsonl";

    /// <summary>A file of ground truth, by the hour in which the labels were given.</summary>
    public static string GroundTruthFile(DateTimeOffset time, Guid id) => $"{GroundTruth}{Hour(time)}/{id}.jsonl";

    /// <summary>The prefix of an endpoint's captures; variant and hour follow.</summary>
    public static string EndpointCaptures(string endpoint) => $"{Captures}/{endpoint}/";

    /// <summary>The folder of a monitor run, by the time of its start.</summary>
    public static string MonitorRun(DateTimeOffset at) =>
        $"{MonitorRuns}{at.UtcDateTime.ToString("yyyy-MM-ddTHH-mm-ss", CultureInfo.InvariantCulture)}Z/";

    /// <summary>The folder of a replay, by the time of its start.</summary>
    public static string MonitorReplay(DateTimeOffset at) => MonitorReplays + MonitorRun(at)[MonitorRuns.Length..];

    /// <summary>The part of a key that names an hour: <c>yyyy/mm/dd/hh</c>, UTC. It sorts by time.</summary>
    public static string Hour(DateTimeOffset time) =>
        time.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    /// <summary>
    /// A text that sorts before all keys of the previous hour, for listing late objects again; null if the key has no
    /// hour.
    /// </summary>
    /// <param name="prefix">The part before the hour.</param>
    /// <param name="key">A key with that prefix, or null.</param>
    public static string? HourBefore(string prefix, string? key) =>
        key?.Length >= prefix.Length + 13
        && HourOf(key.AsSpan(prefix.Length, 13)) is { } hour
        && hour > DateTimeOffset.MinValue
            ? prefix + Hour(hour.AddHours(-1))
            : null;

    /// <summary>The start of an hour in the form of <see cref="Hour"/>; null for another text.</summary>
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
