namespace Plumbline.Records.Algorithm;

/// <summary>Refuses parameters that AWS's image accepts but this machine cannot follow.</summary>
internal static class AwsLimits
{
    private static readonly string[] GoneUpdaters = ["distcol", "grow_local_histmaker", "grow_skmaker", "sync"];

    public static IEnumerable<HyperparameterProblem> Problems(IReadOnlyDictionary<string, string> given)
    {
        foreach (var name in new[] { "_nfold", "_kfold", "_num_cv_round" }.Where(given.ContainsKey))
        {
            yield return new(
                name,
                $"Hyperparameter {name}: cross validation inside a job runs on AWS only; train once, with the channel validation"
            );
        }
        if (given.GetValueOrDefault("use_dask_gpu_training") == "true")
        {
            yield return new(
                "use_dask_gpu_training",
                "Hyperparameter use_dask_gpu_training: several GPUs train together on AWS only; leave it out"
            );
        }
        var updaters = given.GetValueOrDefault("updater")?.Split(',') ?? [];
        foreach (var updater in updaters.Where(GoneUpdaters.Contains))
        {
            yield return new(
                "updater",
                $"Hyperparameter updater: libxgboost 1.7 no longer has {updater}; use grow_colmaker or grow_histmaker"
            );
        }
    }
}
