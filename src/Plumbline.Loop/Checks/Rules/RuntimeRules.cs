using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Models;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about how long jobs, builds and functions may take.</summary>
internal static class RuntimeRules
{
    private const string Limit = "StoppingCondition.MaxRuntimeInSeconds";
    private const double LongestTraining = 28 * 86_400;
    private const double LongestLambda = 600;

    public static IEnumerable<Problem> JobLimit(CheckSubject subject)
    {
        foreach (var step in subject.Jobs)
        {
            var longest = step.IsTraining ? LongestTraining : LongestProcessing();
            if (step.Argument(Limit) is null)
            {
                yield return Problem.Warning(
                    step.Place,
                    "MaxRuntimeInSeconds is missing, and AWS's default ends the job after 24 hours."
                );
            }
            else if (step.Number(Limit) is { } seconds && seconds > longest)
            {
                yield return Problem.Error(
                    step.Place,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"MaxRuntimeInSeconds is {seconds:N0}, and AWS takes at most {longest:N0} ({longest / 86_400:0} days)."
                    )
                );
            }
        }
    }

    public static IEnumerable<Problem> BuildTimeout(CheckSubject subject)
    {
        foreach (var build in subject.Resources.Where(one => one.Kind == ResourceKind.BuildProject))
        {
            foreach (var member in (string[])["timeoutInMinutes", "queuedTimeoutInMinutes"])
            {
                var shape = ServiceModel.For("codebuild").Operations["CreateProject"].Input!.Members[member];
                if ((decimal?)build.Definition[member] is { } minutes && (minutes < shape.Min || minutes > shape.Max))
                {
                    yield return Problem.Error(
                        $"build project {build.Name}",
                        $"{member} is {minutes}, and CodeBuild takes {shape.Min} to {shape.Max}."
                    );
                }
            }
        }
    }

    // AWS's definitions do not have the function's timeout. An author may add it; AWS's limit is known.
    public static IEnumerable<Problem> LambdaTimeout(CheckSubject subject)
    {
        foreach (var step in subject.Steps.Where(step => step.Type == "Lambda"))
        {
            if (Timeout(step) is not { } seconds)
            {
                yield return Problem.Note(
                    step.Place,
                    "a Lambda step is ended after 10 minutes, whatever its function's own timeout is (Lambda's limit is 15)."
                );
            }
            else if (seconds > LongestLambda)
            {
                yield return Problem.Error(
                    step.Place,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"its timeout is {seconds:N0} s, and SageMaker ends a Lambda step after 600 s (10 minutes)."
                    )
                );
            }
        }
    }

    private static double? Timeout(CheckedStep step) =>
        ((string[])["Timeout", "TimeoutInSeconds"])
            .SelectMany(name => (JsonNode?[])[step.Node[name], step.Arguments[name]])
            .Select(step.Pipeline.Number)
            .FirstOrDefault(seconds => seconds is not null);

    private static double LongestProcessing()
    {
        var input = ServiceModel.For("sagemaker").Operations["CreateProcessingJob"].Input!;
        return (double)input.Members["StoppingCondition"].Members["MaxRuntimeInSeconds"].Max!;
    }
}
