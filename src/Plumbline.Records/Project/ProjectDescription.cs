using System.Globalization;
using System.Text;

namespace Plumbline.Records.Project;

/// <summary>
/// The description of a project: <c>plumbline.yaml</c>, read and checked. Every property's initial value is its default;
/// only <see cref="Name"/>, <see cref="Data"/> and <see cref="Labels"/> must be written. docs/plumbline.yaml.md has the YAML.
/// </summary>
public sealed record ProjectDescription
{
    /// <summary>Lower case letters, digits and hyphens, 2 to 32; every AWS resource of the loop is named after it.</summary>
    public required string Name { get; init; }

    /// <summary>The base data and how it is divided.</summary>
    public required DataDescription Data { get; init; }

    /// <summary>The class names, at least two, in the order of the model's class indexes.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Former names of labels, each with the name of now: models, captures and answers of then are read so.</summary>
    public IReadOnlyDictionary<string, string> FormerLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>How models are made.</summary>
    public TrainingDescription Training { get; init; } = new();

    /// <summary>The instances that prepare, evaluate, compare and monitor run on.</summary>
    public ProcessingDescription Processing { get; init; } = new();

    /// <summary>The instances in production, and the way in which a new model takes over.</summary>
    public EndpointDescription Endpoint { get; init; } = new();

    /// <summary>The requests and answers that the endpoint keeps.</summary>
    public CaptureDescription Capture { get; init; } = new();

    /// <summary>The accuracy that is asked for.</summary>
    public QualityDescription Quality { get; init; } = new();

    /// <summary>Who approves a version.</summary>
    public ApprovalPolicy Approval { get; init; } = ApprovalPolicy.Manual;

    /// <summary>How the accuracy in production is measured.</summary>
    public MonitorDescription Monitor { get; init; } = new();

    /// <summary>When the loop may train again.</summary>
    public RetrainingDescription Retraining { get; init; } = new();

    /// <summary>How people see a prediction.</summary>
    public ReviewDescription Review { get; init; } = new();

    /// <summary>Where AWS builds the project from; null for CodeCommit. The local cloud has its own repository in either case.</summary>
    public SourceDescription? Source { get; init; }

    /// <summary>What the AWS account asks of a loop in it; null where it asks for nothing.</summary>
    public AwsDescription? Aws { get; init; }

    /// <summary>US dollars an hour by instance type, in place of the built-in table.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; init; } = new Dictionary<string, decimal>();

    /// <summary>What the resources of the loop are named after: the project's name, with its stage where it has one.</summary>
    public string LoopName() => Aws?.Stage is { } stage ? $"{Name}-{stage}" : Name;

    /// <summary>The class index of a label, by the name that it has or had; -1 for anything else.</summary>
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

    /// <summary>A label's name of now; null for a text that is not and was not a label.</summary>
    public string? LabelOf(string label) => IndexOf(label) is >= 0 and var index ? Labels[index] : null;

    /// <summary>True where classes in this order, by the names of their time, are the project's.</summary>
    public bool HasLabels(IReadOnlyList<string> labels) => labels.Select(LabelOf).SequenceEqual(Labels);

    /// <summary>The hyperparameters of a training job: the project's hyperparameters and what follows from its labels.</summary>
    /// <param name="rounds"><c>Training.Rounds</c> or <c>Training.AddedRounds</c>.</param>
    public IReadOnlyDictionary<string, string> JobHyperparameters(int rounds)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Training.Hyperparameters)
            all[name] = value;
        all["class_labels"] = RecordJson.Write(Labels);
        if (FormerLabels.Count > 0 && !Training.BringsCode())
            all["former_labels"] = RecordJson.Write(FormerLabels);
        if (Training.BringsCode())
        {
            all["epochs"] = rounds.ToString(CultureInfo.InvariantCulture);
            // What the SageMaker SDK sends for distribution={"torch_distributed": {"enabled": True}}: torchrun, one process a GPU.
            all["sagemaker_program"] = "train.py";
            all["sagemaker_torch_distributed_enabled"] = "true";
            all["sagemaker_instance_type"] = Training.Instance;
            return all;
        }
        all["num_round"] = rounds.ToString(CultureInfo.InvariantCulture);
        all["objective"] = Labels.Count == 2 ? "binary:logistic" : "multi:softprob";
        if (Labels.Count > 2)
            all["num_class"] = Labels.Count.ToString(CultureInfo.InvariantCulture);
        return all;
    }

    /// <summary>Reads <c>plumbline.yaml</c>.</summary>
    /// <exception cref="UserError">Names file and line.</exception>
    public static async Task<ProjectDescription> LoadAsync(string path, CancellationToken ct = default)
    {
        if (!File.Exists(path))
            throw new UserError(path, "there is no such file; `plumb new NAME` makes a project");
        return Parse(await File.ReadAllTextAsync(path, ct), Path.GetFileName(path));
    }

    /// <summary>Reads the text of <c>plumbline.yaml</c>; <paramref name="file"/> is the name used in errors.</summary>
    /// <exception cref="UserError">Names file and line.</exception>
    public static ProjectDescription Parse(string yaml, string file = "plumbline.yaml") =>
        ProjectReader.Read(yaml, file);

    /// <summary>The form that jobs read; the same description gives the same bytes, whatever its comments were.</summary>
    public string ToJson() => RecordJson.WriteDocument(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static ProjectDescription FromJson(string json, string place = "project.json") =>
        RecordJson.Read<ProjectDescription>(json, place);

    /// <summary>The bytes of <see cref="ToJson"/>, whose SHA-256 names the object in S3.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToJson());
}

/// <summary>Who approves.</summary>
public enum ApprovalPolicy
{
    /// <summary>A person, always. <c>never</c> (automatically) means the same.</summary>
    Manual,

    /// <summary>The comparison's recommended candidate is approved by <c>policy@commit</c>, after the checks a person passes.</summary>
    Recommended,
}
