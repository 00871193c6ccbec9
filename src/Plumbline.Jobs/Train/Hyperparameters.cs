using System.Globalization;
using System.Text.Json;
using Plumbline.Records.Algorithm;
using Plumbline.Tables;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>
/// The checked hyperparameters of a training, with AWS's names and defaults. Plumbline's own image adds:
/// <c>class_labels</c> (the classes' names as a JSON list, in index order), <c>checkpoint_interval</c> (in rounds,
/// default 10) and <c>seed_per_iteration</c> (default true: random draws depend on seed and round only, so a resumed
/// training gives a bit-equal model; the default of XGBoost and of AWS's image is false).
/// </summary>
public sealed class Hyperparameters
{
    private const string ConfigurationFile = "hyperparameters.json";

    private Hyperparameters(IReadOnlyDictionary<string, string> given, Version? image)
    {
        Given = given;
        Image = image;
        Objective = given.GetValueOrDefault("objective", HyperparameterTable.DefaultObjective);
        Rounds = Whole("num_round") ?? 0;
        EarlyStoppingRounds = Whole("early_stopping_rounds");
        CheckpointInterval = Whole("checkpoint_interval") ?? 10;
        Classes = HyperparameterTable.Classes(given);
        ClassLabels = given.TryGetValue("class_labels", out var labels)
            ? HyperparameterTable.ReadLabels(labels, Classes)!
            : [];
        var metrics = AwsHyperparameters.Metrics(given);
        ContainerMetrics = image is null ? [] : [.. metrics.Where(metric => AwsMetrics.IsContainers(metric, image))];
        LibraryMetrics = [.. metrics.Except(ContainerMetrics)];
        StoppingMetric = image is null ? null : AwsHyperparameters.StoppingMetric(given);
    }

    /// <summary>The given hyperparameters, aliases replaced, with the changes of <see cref="OnCpus"/>.</summary>
    public IReadOnlyDictionary<string, string> Given { get; }

    /// <summary>The version of the AWS image that this program replaces; null for Plumbline's own image.</summary>
    public Version? Image { get; }

    public string Objective { get; }

    /// <summary>The number of rounds to add; the rounds of a warm start are not counted.</summary>
    public int Rounds { get; }

    /// <summary>Stop after this many rounds without a better metric on the validation data; null: never.</summary>
    public int? EarlyStoppingRounds { get; }

    /// <summary>The metric that early stopping uses; null: the last metric of an evaluation line.</summary>
    public string? StoppingMetric { get; }

    /// <summary>Metrics that libxgboost computes; if empty, it computes the objective's default metric.</summary>
    public IReadOnlyList<string> LibraryMetrics { get; }

    /// <summary>Metrics that AWS's container computes itself.</summary>
    public IReadOnlyList<string> ContainerMetrics { get; }

    /// <summary>Rounds between two checkpoints.</summary>
    public int CheckpointInterval { get; }

    /// <summary>The number of classes; 0 if the objective does not have classes.</summary>
    public int Classes { get; }

    /// <summary>The classes' names in index order; empty if they were not given.</summary>
    public IReadOnlyList<string> ClassLabels { get; }

    /// <summary>True if the column after the label is the row's weight.</summary>
    public bool CsvWeights => Given.GetValueOrDefault("csv_weights") == "1";

    /// <summary>True if a job that is told to stop saves the rounds so far as its model.</summary>
    public bool SaveModelOnTermination => Given.GetValueOrDefault("save_model_on_termination") == "true";

    /// <summary>True if each round draws from its own seed.</summary>
    public bool SeedPerIteration => Image is null && Given.GetValueOrDefault("seed_per_iteration", "true") == "true";

    /// <summary>The seed of all random draws.</summary>
    public long Seed => long.Parse(Given.GetValueOrDefault("seed", "0"), CultureInfo.InvariantCulture);

    /// <summary>The number of threads: <c>nthread</c>, else the job's CPUs (SM_NUM_CPUS), else the machine's.</summary>
    public int Threads =>
        Whole("nthread")
        ?? (
            int.TryParse(Environment.GetEnvironmentVariable("SM_NUM_CPUS"), out var cpus) && cpus > 0
                ? cpus
                : Environment.ProcessorCount
        );

    /// <exception cref="InputException">
    /// A hyperparameter is invalid; the message names it and the valid values.
    /// </exception>
    public static Hyperparameters Read(JobFolders folders, Version? image = null)
    {
        using var file = JsonInput.Read(folders.Configuration, ConfigurationFile);
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in file.RootElement.EnumerateObject())
        {
            given[property.Name] =
                property.Value.ValueKind == JsonValueKind.String
                    ? property.Value.GetString()!.Trim()
                    : property.Value.GetRawText();
        }
        return From(given, image);
    }

    /// <exception cref="InputException">A hyperparameter is invalid.</exception>
    public static Hyperparameters From(IReadOnlyDictionary<string, string> given, Version? image = null)
    {
        if (image is null)
        {
            var problem = HyperparameterTable.Problems(given).FirstOrDefault();
            return problem is null
                ? new Hyperparameters(given, null)
                : throw new InputException($"hyperparameter {problem.Name}", problem.Reason);
        }
        var decoded = AwsHyperparameters.Decode(given, image);
        var refused = AwsHyperparameters.Problems(decoded, image).FirstOrDefault();
        return refused is null ? new Hyperparameters(decoded, image) : throw new InputException(refused.Reason);
    }

    /// <summary>True if the hyperparameters ask for a GPU.</summary>
    public bool WantsGpu =>
        Given.GetValueOrDefault("tree_method") == "gpu_hist" || Given.GetValueOrDefault("predictor") == "gpu_predictor";

    /// <summary>The same hyperparameters with hist, the CPU version of gpu_hist.</summary>
    public Hyperparameters OnCpus()
    {
        var onCpus = new SortedDictionary<string, string>(Given.ToDictionary(), StringComparer.Ordinal);
        if (onCpus.GetValueOrDefault("tree_method") == "gpu_hist")
        {
            onCpus["tree_method"] = "hist";
        }
        if (onCpus.GetValueOrDefault("predictor") == "gpu_predictor")
        {
            onCpus["predictor"] = "cpu_predictor";
        }
        return new(onCpus, Image);
    }

    /// <summary>The same hyperparameters, with hist instead of the automatic choice if features are categories.</summary>
    /// <exception cref="InputException">The chosen method cannot split categories.</exception>
    public Hyperparameters For(TableEncoder? encoder)
    {
        var method = Given.GetValueOrDefault("tree_method", "auto");
        if (encoder?.IsCategory.Contains(true) != true || method is "hist" or "approx" or "gpu_hist")
        {
            return this;
        }
        if (method != "auto")
        {
            throw new InputException(
                "hyperparameter tree_method",
                $"{method} cannot split categories; write hist or approx, or leave it out"
            );
        }
        var withHist = new SortedDictionary<string, string>(Given.ToDictionary(), StringComparer.Ordinal)
        {
            ["tree_method"] = "hist",
        };
        return new(withHist, Image);
    }

    /// <summary>The parameters for libxgboost, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ForLibrary()
    {
        var parameters = Given
            .Where(pair => Image is null ? HyperparameterTable.XGBoost.ContainsKey(pair.Key) : LibraryTakes(pair.Key))
            .Where(pair => pair.Key is not ("nthread" or "objective" or "seed_per_iteration"))
            .ToList();
        if (Given.GetValueOrDefault("silent") == "1" && !Given.ContainsKey("verbosity"))
        {
            parameters.Add(new("verbosity", "0"));
        }
        parameters.Add(new("objective", Objective));
        parameters.Add(new("nthread", Threads.ToString(CultureInfo.InvariantCulture)));
        parameters.Add(new("seed_per_iteration", SeedPerIteration ? "true" : "false"));
        parameters.AddRange(LibraryMetrics.Select(metric => KeyValuePair.Create("eval_metric", metric.Trim())));
        return parameters;
    }

    /// <summary>True if rows, columns or trees are sampled at random.</summary>
    public bool Draws =>
        Given.GetValueOrDefault("booster") == "dart"
        || Given.Any(pair =>
            (pair.Key == "subsample" || pair.Key.StartsWith("colsample_", StringComparison.Ordinal))
            && double.Parse(pair.Value, CultureInfo.InvariantCulture) < 1
        );

    // The names below are the container's own, or belong to older versions of libxgboost; this version has no need of
    // them.
    private static bool LibraryTakes(string name) =>
        name
            is not (
                "num_round"
                or "csv_weights"
                or "early_stopping_rounds"
                or "save_model_on_termination"
                or "eval_metric"
                or "_tuning_objective_metric"
                or "use_dask_gpu_training"
                or "silent"
                or "dsplit"
                or "sketch_eps"
                or "single_precision_histogram"
                or "deterministic_histogram"
                or "prob_buffer_row"
            );

    private int? Whole(string name) =>
        Given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
