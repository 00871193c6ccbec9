namespace Plumbline.Records.Algorithm;

/// <summary>Combinations of parameters that AWS's image refuses.</summary>
internal static class AwsDependencies
{
    private static readonly string[] Growers = ["grow_colmaker", "distcol", "grow_histmaker", "grow_local_histmaker"];

    public static IEnumerable<HyperparameterProblem> Problems(IReadOnlyDictionary<string, string> given, Version image)
    {
        var objective = given.GetValueOrDefault("objective", HyperparameterTable.DefaultObjective);
        if (objective is "multi:softmax" or "multi:softprob" && !given.ContainsKey("num_class"))
        {
            yield return new("num_class", "Require input for parameter 'num_class' for multi-classification");
        }
        var metrics = AwsHyperparameters.Metrics(given);
        if (metrics.Contains("auc") && !objective.StartsWith("binary:", StringComparison.Ordinal) && !IsRank(objective))
        {
            yield return new(
                "eval_metric",
                "Metric 'auc' can only be applied for classification and ranking problems."
            );
        }
        if (metrics.Contains("aft-nloglik") && objective != "survival:aft")
        {
            yield return new("eval_metric", "Metric 'aft-nloglik' can only be applied for 'survival:aft' objective.");
        }
        var method = given.GetValueOrDefault("tree_method");
        if (given.ContainsKey("monotone_constraints") && method is not ("exact" or "hist"))
        {
            yield return new(
                "monotone_constraints",
                "monotone_constraints can be used only when the tree_method parameter is set to either 'exact' or 'hist'."
            );
        }
        if (given.ContainsKey("interaction_constraints") && method is not ("exact" or "hist" or "approx"))
        {
            yield return new(
                "interaction_constraints",
                "interaction_constraints can be used only when the tree_method parameter is set to either 'exact', "
                    + "'hist' or 'approx'."
            );
        }
        if (given.TryGetValue("updater", out var updater) && Updaters(updater.Split(','), given, image) is { } reason)
        {
            yield return new("updater", reason);
        }
    }

    /// <summary>
    /// The tree updaters that an image accepts. AWS's error messages also name grow_quantile_histmaker, but the image
    /// refuses it.
    /// </summary>
    public static IEnumerable<string> TreeUpdaters(Version image)
    {
        yield return "grow_colmaker";
        yield return "distcol";
        yield return "grow_histmaker";
        if (image < new Version(1, 7))
        {
            yield return "grow_local_histmaker";
        }
        yield return "grow_skmaker";
        yield return "sync";
        yield return "refresh";
        yield return "prune";
    }

    private static bool IsRank(string objective) => objective.StartsWith("rank:", StringComparison.Ordinal);

    private static string? Updaters(string[] updaters, IReadOnlyDictionary<string, string> given, Version image)
    {
        if (given.GetValueOrDefault("booster") == "gblinear")
        {
            return updaters is ["shotgun"] or ["coord_descent"]
                ? null
                : "Linear updater should be one of these options: 'shotgun', 'coord_descent'.";
        }
        if (given.GetValueOrDefault("process_type") == "update")
        {
            return updaters.All(updater => updater is "refresh" or "prune")
                ? null
                : "process_type 'update' can only be used with updater 'refresh' and 'prune'";
        }
        if (!updaters.All(TreeUpdaters(image).Contains))
        {
            return $"Tree updater should be selected from these options: {Quoted(TreeUpdaters(image))}.";
        }
        return updaters.Count(Growers.Contains) <= 1
            ? null
            : $"Only one tree grow plugin can be selected. Choose one from the following: {Quoted(Growers)}";
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
