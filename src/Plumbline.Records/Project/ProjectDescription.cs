using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Project;

/// <summary>
/// The content of <c>plumbline.yaml</c>, read and checked. Every property's initial value is its default; only <see
/// cref="Name"/>, <see cref="Data"/> and <see cref="Labels"/> are required. docs/plumbline.yaml.md describes the YAML.
/// </summary>
public sealed record ProjectDescription
{
    /// <summary>
    /// Lower case letters, digits and hyphens, 2 to 32 characters; the names of all AWS resources of the loop begin
    /// with it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The base data and its split.</summary>
    public required DataDescription Data { get; init; }

    /// <summary>The kind of the truths.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TaskKind Task { get; init; }

    /// <summary>
    /// The class names, at least two, in the order of the model's class indexes; empty in a regression.
    /// </summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>
    /// Former names of labels, each with its current name, for reading older models, captures and answers.
    /// </summary>
    public IReadOnlyDictionary<string, string> FormerLabels { get; init; } = new Dictionary<string, string>();

    public TrainingDescription Training { get; init; } = new();

    /// <summary>The instances of prepare, evaluate, compare and monitor.</summary>
    public ProcessingDescription Processing { get; init; } = new();

    /// <summary>The instances in production, and the way to a new model.</summary>
    public EndpointDescription Endpoint { get; init; } = new();

    /// <summary>The requests and answers that the endpoint captures.</summary>
    public CaptureDescription Capture { get; init; } = new();

    public QualityDescription Quality { get; init; } = new();

    /// <summary>The policy for approving a version.</summary>
    public ApprovalPolicy Approval { get; init; } = ApprovalPolicy.Manual;

    /// <summary>The settings for measuring the accuracy in production.</summary>
    public MonitorDescription Monitor { get; init; } = new();

    /// <summary>The limits on repeated trainings.</summary>
    public RetrainingDescription Retraining { get; init; } = new();

    /// <summary>The way in which people see a prediction.</summary>
    public ReviewDescription Review { get; init; } = new();

    /// <summary>
    /// The repository from which AWS builds the project; null for CodeCommit. The local cloud always uses its own
    /// repository.
    /// </summary>
    public SourceDescription? Source { get; init; }

    /// <summary>The rules of the AWS account; null without rules.</summary>
    public AwsDescription? Aws { get; init; }

    /// <summary>US dollars an hour by instance type, instead of the built-in table.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; init; } = new Dictionary<string, decimal>();

    /// <summary>The first part of resource names: the project's name, with its stage if it has one.</summary>
    public string LoopName() => Aws?.Stage is { } stage ? $"{Name}-{stage}" : Name;

    /// <summary>The class index of a label by its current or former name; -1 for any other text.</summary>
    public int IndexOf(string label)
    {
        var now = FormerLabels.GetValueOrDefault(label, label);
        for (var i = 0; i < Labels.Count; i++)
        {
            if (Labels[i] == now)
                return i;
        }
        return -1;
    }

    /// <summary>
    /// The current name of a label, or the usual text of a number in a regression; null for a text that cannot be a
    /// truth.
    /// </summary>
    public string? LabelOf(string label) =>
        Task switch
        {
            TaskKind.Regression => TruthNumber.Find(label) is { } number ? TruthNumber.Text(number) : null,
            TaskKind.Classification => NameOf(label),
            _ => JsonForm().Truth(label),
        };

    /// <summary>Reads truths and answers that are JSON; only for a task of such truths.</summary>
    public JsonTruths JsonForm() => new(Task, Labels, IndexOf);

    /// <summary>The current name of a label by its current or former name; null for any other text.</summary>
    public string? NameOf(string label) => IndexOf(label) is >= 0 and var index ? Labels[index] : null;

    /// <summary>The class index of a label, or the number in a regression; null for any other text.</summary>
    public double? TruthOf(string label) =>
        Task == TaskKind.Regression ? TruthNumber.Find(label)
        : IndexOf(label) is >= 0 and var index ? index
        : null;

    /// <summary>The truths that the project has, for messages: its labels, or a number.</summary>
    public string Truths() =>
        Task switch
        {
            TaskKind.Regression => "a number",
            TaskKind.Custom => "JSON, such as {\"x\": 1}",
            TaskKind.MultiLabel =>
                $"a list of labels, such as [\"{Labels[0]}\"] or {Labels[0]}{JsonTruths.Separator}{Labels[1]}, of {string.Join(", ", Labels.Take(12))}",
            _ => $"one of labels: {string.Join(", ", Labels.Take(12))}",
        };

    /// <summary>The metric that measures models.</summary>
    public QualityMetric Metric() =>
        Metrics.Of(
            Quality.Metric,
            Labels,
            Quality.Cost is { } costs ? new CostMatrix(Labels, costs)
                : Quality.Metric == "cost"
                    ? new CostMatrix(Labels, new Dictionary<string, IReadOnlyDictionary<string, double>>())
                : null,
            Task
        );

    /// <summary>True if these classes, by the names of their time, are the project's in the same order.</summary>
    public bool HasLabels(IReadOnlyList<string> labels) => labels.Select(NameOf).SequenceEqual(Labels);

    /// <summary>The project with the key of its packed score program, as jobs read it.</summary>
    /// <param name="key">See <see cref="QualityDescription.ScoreKey"/>; null if the project has none.</param>
    public ProjectDescription WithScore(string? key) => this with { Quality = Quality with { ScoreKey = key } };

    /// <summary>The project with the labels that people added after those of the description.</summary>
    public ProjectDescription WithAdded(IEnumerable<string> labels) =>
        Review.NewLabels
            ? this with
            {
                Labels = [.. Labels, .. labels.Where(label => IndexOf(label) < 0).Distinct()],
            }
            : this;

    /// <summary>The hyperparameters of a training job: those of the project and those that its labels imply.</summary>
    /// <param name="rounds"><c>Training.Rounds</c> or <c>Training.AddedRounds</c>.</param>
    public IReadOnlyDictionary<string, string> JobHyperparameters(int rounds)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Training.Hyperparameters)
            all[name] = value;
        if (Labels.Count > 0)
            all["class_labels"] = RecordJson.Write(Labels);
        if (FormerLabels.Count > 0 && !Training.BringsCode())
            all["former_labels"] = RecordJson.Write(FormerLabels);
        if (Training.BringsCode())
        {
            all["epochs"] = rounds.ToString(CultureInfo.InvariantCulture);
        }
        if (Training.IsPyTorch())
        {
            // The SageMaker SDK sends the same for distribution={"torch_distributed": {"enabled": True}}: torchrun, one
            // process per GPU.
            all["sagemaker_program"] = "train.py";
            all["sagemaker_torch_distributed_enabled"] = "true";
            all["sagemaker_instance_type"] = Training.Instance;
        }
        if (Training.BringsCode())
            return all;
        all["num_round"] = rounds.ToString(CultureInfo.InvariantCulture);
        if (Task == TaskKind.Regression)
        {
            all.TryAdd("objective", TrainingDescription.SquaredError);
            return all;
        }
        all["objective"] = Labels.Count == 2 ? "binary:logistic" : "multi:softprob";
        if (Labels.Count > 2)
            all["num_class"] = Labels.Count.ToString(CultureInfo.InvariantCulture);
        return all;
    }

    /// <summary>Reads <c>plumbline.yaml</c>.</summary>
    /// <exception cref="UserError">The message names file and line.</exception>
    public static async Task<ProjectDescription> LoadAsync(string path, CancellationToken ct = default)
    {
        if (!File.Exists(path))
            throw new UserError(path, "the file does not exist; `plumb new NAME` makes a project");
        return Parse(await File.ReadAllTextAsync(path, ct), Path.GetFileName(path));
    }

    /// <summary>Reads the text of <c>plumbline.yaml</c>; <paramref name="file"/> is the name used in errors.</summary>
    /// <exception cref="UserError">The message names file and line.</exception>
    public static ProjectDescription Parse(string yaml, string file = "plumbline.yaml") =>
        ProjectReader.Read(yaml, file);

    /// <summary>The form that jobs read; equal descriptions give equal bytes, because comments are left out.</summary>
    public string ToJson() => RecordJson.WriteDocument(this);

    /// <summary>Reads the text of <see cref="ToJson"/>.</summary>
    public static ProjectDescription FromJson(string json, string place = "project.json") =>
        RecordJson.Read<ProjectDescription>(json, place);

    /// <summary>The bytes of <see cref="ToJson"/>, whose SHA-256 names the object in S3.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToJson());
}

/// <summary>The policy for approving a version.</summary>
public enum ApprovalPolicy
{
    /// <summary>A person always approves; <c>never</c> (automatically) means the same.</summary>
    Manual,

    /// <summary>
    /// <c>policy@commit</c> approves the comparison's recommended candidate, after the same checks as for a person.
    /// </summary>
    Recommended,
}
