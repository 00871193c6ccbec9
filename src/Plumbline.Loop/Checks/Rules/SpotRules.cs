namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about trainings on spot instances, which AWS may interrupt.</summary>
internal static class SpotRules
{
    private const string Folder = "checkpoints";

    public static IEnumerable<Problem> Checkpoints(CheckSubject subject)
    {
        if (subject is { Project.Training: { Spot: true } training, Code: { } code } && training.BringsCode())
        {
            if (!code.Any(text => text.Contains(Folder, StringComparison.OrdinalIgnoreCase)))
            {
                yield return Problem.Warning(
                    subject.Lines.Of("training.spot"),
                    $"no file in {training.Code}/ mentions {Folder}: a training that AWS interrupts starts again from nothing, and is paid twice. "
                        + "Write checkpoints into /opt/ml/checkpoints, and start from the newest one there."
                );
            }
        }

        foreach (var step in subject.Trainings)
        {
            if (
                string.Equals(step.Text("EnableManagedSpotTraining"), "true", StringComparison.OrdinalIgnoreCase)
                && step.Argument("CheckpointConfig") is null
            )
            {
                yield return Problem.Warning(
                    step.Place,
                    "it runs on spot instances without CheckpointConfig: a training that AWS interrupts starts again from nothing."
                );
            }
        }
    }
}
