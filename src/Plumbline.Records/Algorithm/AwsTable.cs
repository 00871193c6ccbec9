using static Plumbline.Records.Algorithm.AwsRule;

namespace Plumbline.Records.Algorithm;

/// <summary>The names and ranges of AWS's XGBoost, by the version of its image.</summary>
internal static class AwsTable
{
    private static readonly Version Newest = new(99, 0);

    public static Dictionary<string, AwsRule> Of(Version image) =>
        Rows(image)
            .Where(row => image >= Version.Parse(row.Since) && image < (row.Until ?? Newest))
            .ToDictionary(row => row.Name, row => row.Rule);

    private static IEnumerable<Row> Rows(Version image) =>
        [
            new("num_round", Whole("[1, +inf)")),
            new("csv_weights", Whole("[0, 1]")),
            new("early_stopping_rounds", Whole("[1, +inf)")),
            new("booster", OneOf("gbtree", "gblinear", "dart")),
            new("silent", Whole("[0, 1]"), Until: new(1, 2)),
            new("verbosity", Whole("[0, 3]")),
            new("nthread", Whole("[1, +inf)")),
            new("eta", Number("[0, 1]")),
            new("gamma", Number("[0, +inf)")),
            new("max_depth", Whole("[0, +inf)")),
            new("min_child_weight", Number("[0, +inf)")),
            new("max_delta_step", Number("[0, +inf)")),
            new("subsample", Number("(0, 1]")),
            new("colsample_bytree", Number("(0, 1]")),
            new("colsample_bylevel", Number("(0, 1]")),
            new("colsample_bynode", Number("(0, 1]")),
            new("lambda", Number("[0, +inf)")),
            new("alpha", Number("[0, +inf)")),
            new("tree_method", TreeMethod(image)),
            new("sketch_eps", Number("(0, 1)")),
            new("scale_pos_weight", Number("(0, +inf)")),
            new("updater", SomeOf(Updaters(image))),
            new("dsplit", OneOf("row", "col")),
            new("refresh_leaf", Whole("[0, 1]")),
            new("process_type", OneOf("default", "update")),
            new("grow_policy", OneOf("depthwise", "lossguide")),
            new("max_leaves", Whole("[0, +inf)")),
            new("max_bin", Whole("[0, +inf)")),
            new("predictor", Predictor(image)),
            new("monotone_constraints", Matching(AwsHyperparameters.Monotone(), "[-1, 0, 1]"), "1.0"),
            new("interaction_constraints", Matching(AwsHyperparameters.Interaction(), "[1, +inf)"), "1.0"),
            new("sample_type", OneOf("uniform", "weighted")),
            new("normalize_type", OneOf("tree", "forest")),
            new("rate_drop", Number("[0, 1]")),
            new("one_drop", Whole("[0, 1]")),
            new("skip_drop", Number("[0, 1]")),
            new("lambda_bias", Number("[0, 1]")),
            new("tweedie_variance_power", Number("(1, 2)")),
            new("objective", OneOf(Objectives(image))),
            new("num_class", Whole("[2, +inf)")),
            new("base_score", Number("[0, +inf)")),
            new("_nfold", Whole("[2, +inf)"), "1.2", new(1, 2, 2)),
            new("_kfold", Whole("[2, +inf)"), "1.2.2"),
            new("_num_cv_round", Whole("[1, +inf)"), "1.2.2"),
            new("_tuning_objective_metric", OneOf([.. AwsMetrics.Of(image).Select(metric => $"validation:{metric}")])),
            new("eval_metric", SomeOf(AwsMetrics.Of(image), AwsHyperparameters.AtThreshold)),
            new("seed", Whole("(-2147483648, 2147483647)")),
            new("num_parallel_tree", Whole("[1, +inf)"), "0.90.2"),
            new("save_model_on_termination", OneOf("true", "false"), "1.0"),
            new("aft_loss_distribution", OneOf("normal", "logistic", "extreme"), "1.2"),
            new("aft_loss_distribution_scale", Number("[0, +inf)"), "1.2"),
            new("single_precision_histogram", OneOf("true", "false"), "1.2", new(1, 7)),
            new("deterministic_histogram", OneOf("true", "false"), "1.2"),
            new("sampling_method", OneOf("uniform", "gradient_based"), "1.3"),
            new("prob_buffer_row", Whole("(1.0, +inf)"), "1.3"),
            new("use_dask_gpu_training", OneOf("true", "false"), "1.7"),
        ];

    private static AwsRule TreeMethod(Version image) =>
        HasGpus(image)
            ? OneOf("auto", "exact", "approx", "hist", "gpu_hist")
            : WithoutGpus("auto", "exact", "approx", "hist");

    private static AwsRule Predictor(Version image) =>
        HasGpus(image) ? OneOf("auto", "cpu_predictor", "gpu_predictor") : WithoutGpus("cpu_predictor");

    private static bool HasGpus(Version image) => image >= new Version(1, 2);

    private static AwsRule WithoutGpus(params string[] values)
    {
        var rule = OneOf(values);
        return new(
            (name, text) =>
                text.Contains("gpu", StringComparison.Ordinal)
                    ? "GPU training is not supported yet."
                    : rule.Refuse(name, text)
        );
    }

    private static string[] Updaters(Version image) =>
        [.. AwsDependencies.TreeUpdaters(image), "shotgun", "coord_descent"];

    private static string[] Objectives(Version image)
    {
        (string Name, string Since)[] all =
        [
            ("aft_loss_distribution", "1.2"),
            ("binary:logistic", "0.0"),
            ("binary:logitraw", "0.0"),
            ("binary:hinge", "0.0"),
            ("count:poisson", "0.0"),
            ("multi:softmax", "0.0"),
            ("multi:softprob", "0.0"),
            ("rank:pairwise", "0.0"),
            ("rank:ndcg", "0.0"),
            ("rank:map", "0.0"),
            ("reg:linear", "0.0"),
            ("reg:squarederror", "0.0"),
            ("reg:logistic", "0.0"),
            ("reg:gamma", "0.0"),
            ("reg:pseudohubererror", "1.2"),
            ("reg:squaredlogerror", "1.0"),
            ("reg:tweedie", "0.0"),
            ("survival:aft", "1.2"),
            ("survival:cox", "0.0"),
        ];
        return [.. all.Where(objective => image >= Version.Parse(objective.Since)).Select(objective => objective.Name)];
    }

    private sealed record Row(string Name, AwsRule Rule, string Since = "0.0", Version? Until = null);
}
