using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Plumbline.Records.Algorithm.HyperparameterRule;

namespace Plumbline.Records.Algorithm;

/// <summary>
/// The hyperparameters of Plumbline's own trainer: XGBoost's names and ranges, which AWS's XGBoost algorithm uses too,
/// and a few additional ones. All others are refused, because libxgboost silently accepts unknown names and invalid
/// values.
/// </summary>
public static partial class HyperparameterTable
{
    /// <summary>The objective if the project does not set one.</summary>
    public const string DefaultObjective = "reg:squarederror";

    private static readonly string[] Metrics =
    [
        "rmse",
        "rmsle",
        "mae",
        "mape",
        "mphe",
        "logloss",
        "error",
        "error@t",
        "merror",
        "mlogloss",
        "auc",
        "aucpr",
        "poisson-nloglik",
        "gamma-nloglik",
        "gamma-deviance",
        "tweedie-nloglik@rho",
    ];

    /// <summary>
    /// The metrics that XGBoost accepts for several outputs per row; two of them need several outputs.
    /// </summary>
    private static readonly string[] MultiMetrics = ["mphe", "merror", "mlogloss", "auc", "aucpr"];

    /// <summary>Handled by the trainer and not passed on to libxgboost.</summary>
    public static readonly IReadOnlyDictionary<string, HyperparameterRule> Ours = new Dictionary<
        string,
        HyperparameterRule
    >
    {
        ["num_round"] = Whole(1, int.MaxValue),
        ["early_stopping_rounds"] = Whole(1, int.MaxValue),
        ["csv_weights"] = OneOf("0", "1"),
        ["save_model_on_termination"] = OneOf("true", "false"),
        ["eval_metric"] = new($"of {string.Join(", ", Metrics)}; several are separated by commas", AreMetrics),
        ["checkpoint_interval"] = Whole(1, int.MaxValue),
        ["class_labels"] = Any(),
        ["former_labels"] = new("a JSON object of old and new names", text => ReadFormerLabels(text) is not null),
    };

    public static readonly IReadOnlyDictionary<string, HyperparameterRule> XGBoost = new Dictionary<
        string,
        HyperparameterRule
    >
    {
        ["objective"] = OneOf(
            "reg:squarederror",
            "reg:squaredlogerror",
            "reg:logistic",
            "reg:pseudohubererror",
            "reg:absoluteerror",
            "reg:gamma",
            "reg:tweedie",
            "binary:logistic",
            "binary:logitraw",
            "binary:hinge",
            "count:poisson",
            "multi:softmax",
            "multi:softprob"
        ),
        ["num_class"] = Whole(2, 1_000_000),
        ["booster"] = OneOf("gbtree", "dart"),
        ["eta"] = Number(0, 1),
        ["gamma"] = Number(0, double.PositiveInfinity),
        ["max_depth"] = Whole(0, 1_000),
        ["min_child_weight"] = Number(0, double.PositiveInfinity),
        ["max_delta_step"] = Number(0, double.PositiveInfinity),
        ["subsample"] = NumberAbove(0, 1),
        ["colsample_bytree"] = NumberAbove(0, 1),
        ["colsample_bylevel"] = NumberAbove(0, 1),
        ["colsample_bynode"] = NumberAbove(0, 1),
        ["lambda"] = Number(0, double.PositiveInfinity),
        ["alpha"] = Number(0, double.PositiveInfinity),
        ["tree_method"] = OneOf("auto", "exact", "approx", "hist", "gpu_hist"),
        ["grow_policy"] = OneOf("depthwise", "lossguide"),
        ["max_leaves"] = Whole(0, int.MaxValue),
        ["max_bin"] = Whole(2, int.MaxValue),
        ["num_parallel_tree"] = Whole(1, int.MaxValue),
        ["scale_pos_weight"] = NumberAbove(0, double.PositiveInfinity),
        ["base_score"] = Number(double.NegativeInfinity, double.PositiveInfinity),
        ["tweedie_variance_power"] = NumberBetween(1, 2),
        ["huber_slope"] = NumberAbove(0, double.PositiveInfinity),
        ["monotone_constraints"] = Matching("like (1,0,-1), one for each feature", Monotone()),
        ["interaction_constraints"] = Matching("like [[0,1],[2,3,4]]", Interaction()),
        ["sample_type"] = OneOf("uniform", "weighted"),
        ["normalize_type"] = OneOf("tree", "forest"),
        ["rate_drop"] = Number(0, 1),
        ["one_drop"] = OneOf("0", "1"),
        ["skip_drop"] = Number(0, 1),
        ["seed"] = Whole(0, int.MaxValue),
        ["seed_per_iteration"] = OneOf("true", "false"),
        ["verbosity"] = Whole(0, 3),
        ["nthread"] = Whole(1, 1_024),
    };

    /// <summary>Returns all problems in the order of the names; missing hyperparameters come last.</summary>
    /// <param name="given">The hyperparameters of the training job.</param>
    public static IEnumerable<HyperparameterProblem> Problems(IReadOnlyDictionary<string, string> given)
    {
        var bad = given
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(Problem)
            .OfType<HyperparameterProblem>();
        var names = new HashSet<string>();
        foreach (var problem in bad)
        {
            names.Add(problem.Name);
            yield return problem;
        }
        if (!given.ContainsKey("num_round"))
        {
            yield return new("num_round", "is missing");
        }
        var objective = given.GetValueOrDefault("objective", DefaultObjective);
        if (
            !names.Contains("objective")
            && !names.Contains("eval_metric")
            && UnfitMetric(given, objective) is { } unfit
        )
        {
            yield return unfit;
        }
        var multi = objective.StartsWith("multi:", StringComparison.Ordinal);
        if (names.Contains("objective") || names.Contains("num_class"))
        {
            yield break;
        }
        if (multi != given.ContainsKey("num_class"))
        {
            yield return new(
                "num_class",
                "must be set for the objectives multi:softmax and multi:softprob, and for no other"
            );
        }
        else if (given.TryGetValue("class_labels", out var labels) && ReadLabels(labels, Classes(given)) is null)
        {
            yield return new(
                "class_labels",
                $"must be a JSON list of {Classes(given)} different names, one for each class"
            );
        }
    }

    /// <summary>The number of classes according to valid hyperparameters; 0 if the objective has no classes.</summary>
    public static int Classes(IReadOnlyDictionary<string, string> given) =>
        given.TryGetValue("num_class", out var text) ? int.Parse(text, CultureInfo.InvariantCulture)
        : given.GetValueOrDefault("objective", "").StartsWith("binary:", StringComparison.Ordinal) ? 2
        : 0;

    /// <summary>The names in <c>class_labels</c>; null unless it is a JSON list of this many different names.</summary>
    public static IReadOnlyList<string>? ReadLabels(string text, int classes)
    {
        try
        {
            var labels = JsonSerializer.Deserialize<string[]>(text);
            return labels?.Length == classes && labels.Distinct().Count() == classes ? labels : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The names in <c>former_labels</c>, old to new; null unless it is a JSON object of texts.</summary>
    public static IReadOnlyDictionary<string, string>? ReadFormerLabels(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HyperparameterProblem? Problem(KeyValuePair<string, string> given)
    {
        var (name, value) = given;
        var rule = Ours.GetValueOrDefault(name) ?? XGBoost.GetValueOrDefault(name);
        return rule is null ? new(name, "is not a hyperparameter of this algorithm")
            : rule.Allows(value) ? null
            : new(name, $"must be {rule.Allowed}, not \"{value}\"");
    }

    /// <summary>Finds a metric that XGBoost has but refuses for this objective, with any labels.</summary>
    private static HyperparameterProblem? UnfitMetric(IReadOnlyDictionary<string, string> given, string objective)
    {
        string[] fit =
            objective.StartsWith("multi:", StringComparison.Ordinal) ? MultiMetrics
            : objective.StartsWith("binary:", StringComparison.Ordinal)
                ? [.. Metrics.Where(name => name is not ("merror" or "mlogloss"))]
            : Metrics;
        var asked = given.GetValueOrDefault("eval_metric", "").Split(',', StringSplitOptions.TrimEntries);
        return Array.Find(asked, name => name.Length > 0 && !fit.Contains(Named(name))) is { } unfit
            ? new("eval_metric", $"{unfit} does not go with {objective}: write one of {string.Join(", ", fit)}")
            : null;
    }

    private static string Named(string metric) =>
        MetricArgument().Replace(metric, m => m.Value[0] == 'e' ? "error@t" : "tweedie-nloglik@rho");

    private static bool AreMetrics(string text) => text.Split(',').All(name => Metrics.Contains(Named(name.Trim())));

    [GeneratedRegex(@"\A(error|tweedie-nloglik)@\d+(\.\d+)?\z")]
    private static partial Regex MetricArgument();

    [GeneratedRegex(@"\A\(\s*(-1|0|1)(\s*,\s*(-1|0|1))*\s*\)\z")]
    private static partial Regex Monotone();

    [GeneratedRegex(@"\A\[\s*\[\s*\d+(\s*,\s*\d+)*\s*\](\s*,\s*\[\s*\d+(\s*,\s*\d+)*\s*\])*\s*\]\z")]
    private static partial Regex Interaction();
}
