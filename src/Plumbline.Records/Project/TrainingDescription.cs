using Plumbline.Aws.Instances;

namespace Plumbline.Records.Project;

/// <summary>How models are made.</summary>
public sealed record TrainingDescription
{
    /// <summary>The project's own <see cref="Code"/>, in AWS's PyTorch images.</summary>
    public const string PyTorch = "pytorch";

    /// <summary><c>xgboost</c> or <see cref="PyTorch"/>.</summary>
    public string Algorithm { get; init; } = "xgboost";

    /// <summary>Of <see cref="PyTorch"/>: the folder with <c>train.py</c> and the model's handler, <c>inference.py</c>.</summary>
    public string Code { get; init; } = "code";

    /// <summary>Of <see cref="PyTorch"/>: the version of AWS's images, of <see cref="PyTorchVersion.Known"/>.</summary>
    public string Version { get; init; } = PyTorchVersion.Newest.Name;

    /// <summary>Boosting rounds, or epochs, of the new model, from scratch.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Rounds added to production's model for the old model.</summary>
    public int AddedRounds { get; init; } = 20;

    /// <summary>The algorithm's own hyperparameters under its own names; rounds, objective and number of classes follow from the project.</summary>
    public IReadOnlyDictionary<string, string> Hyperparameters { get; init; } = new Dictionary<string, string>();

    /// <summary>True where the project brings its own training code and handler.</summary>
    public bool BringsCode() => Algorithm == PyTorch;

    /// <summary>Instance type.</summary>
    public string Instance { get; init; } = "ml.p3.8xlarge";

    /// <summary>GB of disk.</summary>
    public int Volume { get; init; } = 50;

    /// <summary>Sent as MaxRuntimeInSeconds; AWS's own default of 24 h would end a 24 h job.</summary>
    public TimeSpan MaxRuntime { get; init; } = TimeSpan.FromHours(48);

    /// <summary>True where trainings run on spot instances, which AWS may take away: they go on from their checkpoints.</summary>
    public bool Spot { get; init; }

    /// <summary>Sent as MaxWaitTimeInSeconds with <see cref="Spot"/>: the training and all waiting for instances together.</summary>
    public TimeSpan MaxWait { get; init; }
}

/// <summary>The instance of the small jobs.</summary>
public sealed record ProcessingDescription
{
    /// <summary>Instance type.</summary>
    public string Instance { get; init; } = "ml.m5.xlarge";

    /// <summary>GB of disk.</summary>
    public int Volume { get; init; } = 30;

    /// <summary>Sent as MaxRuntimeInSeconds.</summary>
    public TimeSpan MaxRuntime { get; init; } = TimeSpan.FromHours(4);
}
