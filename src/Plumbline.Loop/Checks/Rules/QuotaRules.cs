using Plumbline.Aws.Instances;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Quotas of a new account that are too small until somebody asks for more.</summary>
internal static class QuotaRules
{
    public static IEnumerable<Problem> AtOnce(CheckSubject subject) => [.. Trainings(subject), .. Endpoint(subject)];

    private static IEnumerable<Problem> Trainings(CheckSubject subject)
    {
        foreach (var pipeline in subject.Pipelines)
        {
            var most = pipeline
                .Steps.Where(step => step.IsTraining && step.InstanceType is not null)
                .GroupBy(step => (step.Branch, Type: step.InstanceType!))
                .Select(group => (First: group.First(), group.Key.Type, Count: Side([.. group])))
                .GroupBy(group => group.Type)
                .Select(types => types.MaxBy(one => one.Count));
            foreach (var (first, type, count) in most)
            {
                if (InstanceTypes.Find(type) is { Gpus: > 0 })
                {
                    yield return Raise(subject.InstancePlace(first), count, type, InstanceUse.Training, "at once");
                }
            }
        }
    }

    private static IEnumerable<Problem> Endpoint(CheckSubject subject)
    {
        if (subject.Project?.Endpoint is { } endpoint && InstanceTypes.Find(endpoint.Instance) is { Gpus: > 0 })
        {
            // Blue/green: the new instances are there before the old ones go.
            yield return Raise(
                subject.Lines.Of("endpoint.instance"),
                endpoint.Count * 2,
                endpoint.Instance,
                InstanceUse.Endpoint,
                "during an update"
            );
        }
    }

    /// <summary>The instances of a branch's trainings that do not wait for one another.</summary>
    private static int Side(IReadOnlyList<CheckedStep> steps)
    {
        var names = steps.Select(step => step.Name).ToHashSet();
        return steps
            .Where(step => !step.Needs.Any(names.Contains))
            .Sum(step => (int)Math.Clamp(step.Number("ResourceConfig.InstanceCount") ?? 1, 1, 1_000));
    }

    private static Problem Raise(string place, int count, string type, string purpose, string when) =>
        Problem.Note(
            place,
            $"it takes {count} x {type} {when}, and the quota '{type} for {purpose} usage' is often 0 in a new account: "
                + "raise it in Service Quotas first."
        );
}
