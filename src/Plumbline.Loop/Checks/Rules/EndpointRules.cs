using System.Globalization;
using Plumbline.Aws.Instances;
using Plumbline.Loop.Costs;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about the instances in production.</summary>
internal static class EndpointRules
{
    public static IEnumerable<Problem> OneInstance(CheckSubject subject)
    {
        if (subject.Project is { Endpoint.Count: 1 })
        {
            yield return Problem.Note(
                subject.Lines.Of("endpoint.count"),
                "one instance is in one availability zone: if that fails, or AWS replaces the instance, the endpoint does not answer. Two instances are in two zones."
            );
        }
    }

    public static IEnumerable<Problem> IdleGpu(CheckSubject subject)
    {
        if (
            subject.Project is { } project
            && !project.Training.HasHandler()
            && InstanceTypes.Find(project.Endpoint.Instance) is { Gpus: > 0 } type
        )
        {
            yield return Problem.Note(
                subject.Lines.Of("endpoint.instance"),
                $"Plumbline's server runs {(project.Training.BringsCode() ? "models" : "trees")} on CPUs, so the {type.GpuWords} of {type.Name} stay idle{Instead(subject, type)}."
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
                $": ${now:N0} a month, while {LoopCost.EndpointForTrees} costs ${less:N0}"
            );
    }
}
