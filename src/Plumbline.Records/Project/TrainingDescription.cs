using Plumbline.Aws.Instances;

namespace Plumbline.Records.Project;

/// <summary>The training of models.</summary>
public sealed record TrainingDescription
{
    /// <summary>The algorithm that runs the project's own <see cref="Code"/> in AWS's PyTorch images.</summary>
    public const string PyTorch = "pytorch";

    /// <summary>The algorithm that is the project's own C# program, which the build compiles.</summary>
    public const string Dotnet = "dotnet";

    /// <summary>The model that the project's own handler, <c>inference.py</c>, serves.</summary>
    public const string Handler = "handler";

    /// <summary>The model that Plumbline's server serves by <c>model.onnx</c> and <c>signature.json</c>.</summary>
    public const string Onnx = "onnx";

    /// <summary>The algorithm that is the project's own <see cref="Image"/>, which contains its code.</summary>
    public const string Container = "container";

    /// <summary>XGBoost's objective of a regression that does not choose another one.</summary>
    internal const string SquaredError = "reg:squarederror";

    /// <summary><c>xgboost</c>, <see cref="PyTorch"/>, <see cref="Dotnet"/> or <see cref="Container"/>.</summary>
    public string Algorithm { get; init; } = "xgboost";

    /// <summary>
    /// For <see cref="PyTorch"/>: the folder with <c>train.py</c> and the model's handler, <c>inference.py</c>. For
    /// <see cref="Dotnet"/>: the folder with the program's <c>.csproj</c>.
    /// </summary>
    public string Code { get; init; } = "code";

    /// <summary>
    /// For <see cref="PyTorch"/>: the version of AWS's images, one of <see cref="PyTorchVersion.Known"/>.
    /// </summary>
    public string Version { get; init; } = PyTorchVersion.Newest.Name;

    /// <summary>For <see cref="PyTorch"/>: <see cref="Handler"/> or <see cref="Onnx"/>, the form of the model.</summary>
    public string Model { get; init; } = Handler;

    /// <summary>
    /// An image of the project's own in ECR. With <see cref="PyTorch"/> it runs <see cref="Code"/> in script mode, in place of
    /// AWS's image; with <see cref="Container"/> it is all that trains. Null otherwise.
    /// </summary>
    public string? Image { get; init; }

    /// <summary>The way in which a training gets the files of images and texts that stay in S3.</summary>
    public TrainingInput Input { get; init; } = TrainingInput.File;

    /// <summary>Boosting rounds or epochs of the new candidate, which starts from scratch.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>Rounds or epochs that the old candidate adds to production's model.</summary>
    public int AddedRounds { get; init; } = 20;

    /// <summary>
    /// Recipes beside the old and the new candidate, of <see cref="KnownRecipes"/>. With any, their models and the new one
    /// are blended, and the blend is the third candidate. Empty without a blend.
    /// </summary>
    public IReadOnlyList<string> Recipes { get; init; } = [];

    /// <summary>The recipes that need a training: the first model is never trained again.</summary>
    public IReadOnlyList<string> TrainedRecipes() => [.. Recipes.Where(recipe => recipe != "first")];

    /// <summary>
    /// True if a training may be a refresh, which trains only the model of the newest rows (decision 0122).
    /// </summary>
    public bool Refreshes() => Recipes.Contains("recent");

    /// <summary>The parts of a blend that a refresh takes from the execution before.</summary>
    public IEnumerable<string> PartsThatARefreshKeeps() => Recipes.Where(recipe => recipe != "recent").Prepend("new");

    /// <summary>All recipes that a project may add.</summary>
    public static IReadOnlyList<string> KnownRecipes { get; } = ["decay", "recent", "first"];

    /// <summary>
    /// Additional hyperparameters under the algorithm's names. Rounds, objective and number of classes are set by the
    /// project.
    /// </summary>
    public IReadOnlyDictionary<string, string> Hyperparameters { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// True if the rows on the validation side may change the model: XGBoost looks at them only to stop early, and the use
    /// that code of one's own makes of them is unknown.
    /// </summary>
    public bool UsesValidation() => BringsCode() || Hyperparameters.ContainsKey("early_stopping_rounds");

    /// <summary>True if the project brings its own training code.</summary>
    public bool BringsCode() => IsPyTorch() || IsDotnet() || IsContainer();

    /// <summary>True if the code is in an archive that the build packs.</summary>
    public bool HasCode() => IsPyTorch() || IsDotnet();

    /// <summary>True if the code runs in AWS's PyTorch images.</summary>
    public bool IsPyTorch() => Algorithm == PyTorch;

    /// <summary>True if the project's own handler serves the model, in AWS's PyTorch images.</summary>
    public bool HasHandler() => IsPyTorch() && Model == Handler;

    /// <summary>True if the code is a C# program; Plumbline's model server serves the model that it writes.</summary>
    public bool IsDotnet() => Algorithm == Dotnet;

    /// <summary>True if an image contains the code; Plumbline's model server serves the model that it writes.</summary>
    public bool IsContainer() => Algorithm == Container;

    public string Instance { get; init; } = "ml.p3.8xlarge";

    /// <summary>Disk size in GB.</summary>
    public int Volume { get; init; } = 50;

    /// <summary>Sent as MaxRuntimeInSeconds; AWS's default of 24 h would stop a longer training.</summary>
    public TimeSpan MaxRuntime { get; init; } = TimeSpan.FromHours(48);

    /// <summary>
    /// True for spot instances, which AWS may take away; trainings then continue from their checkpoints.
    /// </summary>
    public bool Spot { get; init; }

    /// <summary>
    /// Sent as MaxWaitTimeInSeconds with <see cref="Spot"/>: includes the training and all waiting for instances.
    /// </summary>
    public TimeSpan MaxWait { get; init; }
}

/// <summary>The way in which a training gets files from S3: AWS's input mode.</summary>
public enum TrainingInput
{
    /// <summary>All files are copied before the training starts.</summary>
    File,

    /// <summary>Each file is read from S3 when the training opens it.</summary>
    FastFile,
}

/// <summary>The instances of the small jobs.</summary>
public sealed record ProcessingDescription
{
    public string Instance { get; init; } = "ml.m5.xlarge";

    /// <summary>Disk size in GB.</summary>
    public int Volume { get; init; } = 30;

    public TimeSpan MaxRuntime { get; init; } = TimeSpan.FromHours(4);
}
