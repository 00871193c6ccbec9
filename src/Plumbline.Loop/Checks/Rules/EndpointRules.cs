using System.Globalization;
using Plumbline.Aws.Instances;
using Plumbline.Loop.Costs;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>The instances in production.</summary>
internal static class EndpointRules
{
    public static IEnumerable<Problem> OneInstance(CheckSubject subject)
    {
        if (subject.Project is { Endpoint.Count: 1 })
        {
            yield return Problem.Note(
                subject.Lines.Of("endpoint.count"),
                "one instance is in one availability zone: where that fails, or AWS replaces the instance, nobody is served. Two are in two."
            );
        }
    }

    public static IEnumerable<Problem> IdleGpu(CheckSubject subject)
    {
        if (
            subject.Project is { } project
            && !project.Training.BringsCode()
            && InstanceTypes.Find(project.Endpoint.Instance) is { Gpus: > 0 } type
        )
        {
            yield return Problem.Note(
                subject.Lines.Of("endpoint.instance"),
                $"Plumbline's server answers for trees on CPUs, so that the {type.GpuWords} of {type.Name} idle{Instead(subject, type)}."
            );
        }
    }

    private static string Instead(CheckSubject subject, InstanceType type)
    {
        var (now, less) = (
            LoopCost.Endpoint(subject.Project!).Dollars,
            LoopCost
                .Endpoint(
                    subject.Project! with
                    {
                        Endpoint = subject.Project!.Endpoint with { Instance = LoopCost.EndpointForTrees },
                    }
                )
                .Dollars
        );
        return now is null || less is null
            ? $": {LoopCost.EndpointForTrees} is enough"
            : string.Create(
                CultureInfo.InvariantCulture,
                $": ${now:N0} a month, where {LoopCost.EndpointForTrees} is ${less:N0}"
            );
    }
}
