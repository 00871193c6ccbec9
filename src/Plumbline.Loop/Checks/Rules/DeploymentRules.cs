using System.Globalization;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about how a new version takes over the endpoint.</summary>
internal static class DeploymentRules
{
    private const double MostOfAStep = 0.5;
    private const double LeastOfALinearStep = 0.1;

    /// <summary>Two alarm periods of 60 s, and one minute until the metrics arrive.</summary>
    private static readonly TimeSpan LeastBake = TimeSpan.FromMinutes(3);

    public static IEnumerable<Problem> ShortBake(CheckSubject subject)
    {
        if (subject.Project?.Endpoint is { } endpoint && endpoint.Bake < LeastBake)
        {
            yield return Problem.Warning(
                subject.Lines.Of("endpoint.bake"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a bake of {endpoint.Bake.TotalSeconds:0} s is too short for a rollback on AWS: alarms look at whole minutes, and the old fleet is gone before one can go off. Write {LeastBake.TotalMinutes:0}m or more."
                )
            );
        }
    }

    public static IEnumerable<Problem> FirstStep(CheckSubject subject)
    {
        if (subject.Project?.Endpoint is not { Routing: not TrafficRouting.AllAtOnce } endpoint)
        {
            yield break;
        }

        var routing = endpoint.Routing == TrafficRouting.Canary ? "canary" : "linear";
        if (endpoint.Count < 2)
        {
            yield return Problem.Error(
                subject.Lines.Of("endpoint.count"),
                $"{routing} routing needs two instances or more: SageMaker moves whole instances, and a single one changes all at once. Write 2 or more."
            );
        }

        if (endpoint.Step > MostOfAStep || (routing == "linear" && endpoint.Step < LeastOfALinearStep))
        {
            var allowed = routing == "canary" ? "at most 50 %" : "from 10 to 50 %";
            yield return Problem.Error(
                subject.Lines.Of("endpoint.step"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a {routing} step is {allowed} of the instances, not {endpoint.Step:0.##%}: UpdateEndpoint refuses it."
                )
            );
        }
    }
}
