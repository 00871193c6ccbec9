using System.Globalization;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>How a new version takes over the endpoint.</summary>
internal static class DeploymentRules
{
    private const double MostOfAStep = 0.5;
    private const double LeastOfALinearStep = 0.1;

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
                $"{routing} routing needs two instances or more: SageMaker moves whole instances, and one changes all at once."
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
