namespace Plumbline.Records.Project;

/// <summary>How models are made.</summary>
public sealed record TrainingDescription
{
    /// <summary><c>xgboost</c>.</summary>
    public string Algorithm { get; init; } = "xgboost";

    /// <summary>Boosting rounds of the new model, from scratch.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Rounds added to production's booster for the old model.</summary>
    public int AddedRounds { get; init; } = 20;

    /// <summary>The algorithm's own hyperparameters under its own names; rounds, objective and number of classes follow from the project.</summary>
    public IReadOnlyDictionary<string, string> Hyperparameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Instance type.</summary>
    public string Instance { get; init; } = "ml.p3.8xlarge";

    /// <summary>GB of disk.</summary>
    public int Volume { get; init; } = 50;

    /// <summary>Sent as MaxRuntimeInSeconds; AWS's own default of 24 h would end a 24 h job.</summary>
    public TimeSpan MaxRuntime { get; init; } = TimeSpan.FromHours(48);
}

/// <summary>What the small jobs run on.</summary>
public sealed record ProcessingDescription
{
    /// <summary>Instance type.</summary>
    public string Instance { get; init; } = "ml.m5.xlarge";

    /// <summary>GB of disk.</summary>
    public int Volume { get; init; } = 30;

    /// <summary>Sent as MaxRuntimeInSeconds.</summary>
    public TimeSpan MaxRuntime { get; init; } = TimeSpan.FromHours(4);
}
