using Plumbline.Aws.Instances;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about quotas that are too small in a new account.</summary>
internal static class QuotaRules
{
    public static IEnumerable<Problem> AtOnce(CheckSubject subject) =>
        [.. Jobs(subject, training: true), .. Jobs(subject, training: false), .. Endpoint(subject)];

    private static IEnumerable<Problem> Jobs(CheckSubject subject, bool training)
    {
        // Both pipelines of a project may run at the same time: a measurement during a training.
        var uses = subject
            .Pipelines.SelectMany(pipeline => Uses(pipeline, training))
            .GroupBy(use => use.Type)
            .Select(types => (types.First().First, Type: types.Key, Count: types.Sum(one => one.Count)));
        foreach (var (first, type, count) in uses)
        {
            var (purpose, spot) = (
                training ? InstanceUse.Training : InstanceUse.Processing,
                IsSpot(first) ? "spot " : ""
            );
            yield return Raise(subject.InstancePlace(first), count, type, spot + purpose, "at once");
        }
    }

    /// <summary>For each type, the most instances that a pipeline's training or processing jobs take at once.</summary>
    private static IEnumerable<(CheckedStep First, string Type, int Count)> Uses(
        CheckedPipeline pipeline,
        bool training
    ) =>
        pipeline
            .Steps.Where(step => (training ? step.IsTraining : step.IsProcessing) && step.InstanceType is not null)
            .GroupBy(step => (step.Branch, Type: step.InstanceType!))
            .Select(group => (First: group.First(), group.Key.Type, Count: Side([.. group], training)))
            .GroupBy(group => group.Type)
            .Select(types => types.MaxBy(one => one.Count));

    private static bool IsSpot(CheckedStep step) =>
        string.Equals(step.Text("EnableManagedSpotTraining"), "true", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Problem> Endpoint(CheckSubject subject)
    {
        if (subject.Project?.Endpoint is { } endpoint && InstanceTypes.Find(endpoint.Instance) is { Gpus: > 0 })
        {
            // Blue/green: the new instances start before the old ones stop.
            yield return Raise(
                subject.Lines.Of("endpoint.instance"),
                endpoint.Count * 2,
                endpoint.Instance,
                InstanceUse.Endpoint,
                "during an update"
            );
        }
    }

    /// <summary>The instances of a branch's jobs that do not wait for one another.</summary>
    private static int Side(IReadOnlyList<CheckedStep> steps, bool training)
    {
        var names = steps.Select(step => step.Name).ToHashSet();
        var count = training ? "ResourceConfig.InstanceCount" : "ProcessingResources.ClusterConfig.InstanceCount";
        return steps
            .Where(step => !step.Needs.Any(names.Contains))
            .Sum(step => (int)Math.Clamp(step.Number(count) ?? 1, 1, 1_000));
    }

    private static Problem Raise(string place, int count, string type, string purpose, string when) =>
        Problem.Note(
            place,
            $"it takes {count} x {type} {when}, and the quota '{type} for {purpose} usage' is often 0 in a new account: "
                + "raise it in Service Quotas first."
        );
}
