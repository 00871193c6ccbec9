namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about the limits of AWS's built-in XGBoost image.</summary>
internal static class XGBoostRules
{
    public static IEnumerable<Problem> ModelChannel(CheckSubject subject)
    {
        foreach (var step in subject.Trainings.Where(step => step.Image is { IsBuiltInXGBoost: true }))
        {
            var channels = CheckedPipeline
                .Objects(step.Argument("InputDataConfig"))
                .Select(channel => step.Pipeline.Text(channel["ChannelName"]));
            if (channels.Contains("model"))
            {
                yield return Problem.Error(
                    step.Place,
                    $"{step.Image} takes the channels train, validation and code only and ends with 'Extraneous channel found': "
                        + "continue a model through CheckpointConfig, or with Plumbline's own image."
                );
            }
        }
    }

    // The container finds the checkpoint, but calls xgb.dask.train without it and with all rounds.
    public static IEnumerable<Problem> DaskCheckpoints(CheckSubject subject) =>
        subject
            .Trainings.Where(step =>
                step.Image is { IsBuiltInXGBoost: true }
                && IsDask(step)
                && step.Argument("CheckpointConfig") is not null
            )
            .Select(step =>
                Problem.Warning(
                    step.Place,
                    "with use_dask_gpu_training AWS's XGBoost does not continue from a checkpoint: an interrupted job trains all its rounds again."
                )
            );

    public static bool IsDask(CheckedStep step) =>
        string.Equals(step.Text("HyperParameters.use_dask_gpu_training"), "true", StringComparison.OrdinalIgnoreCase);
}
