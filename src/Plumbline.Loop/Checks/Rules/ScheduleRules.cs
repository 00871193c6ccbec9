using Plumbline.Aws.Events;
using Plumbline.Aws.Views.Events;
using Plumbline.Loop.Resources;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about the executions that EventBridge starts.</summary>
internal static class ScheduleRules
{
    public static IEnumerable<Problem> ParameterWithoutDefault(CheckSubject subject)
    {
        foreach (var rule in subject.Resources.Where(one => one.Kind == ResourceKind.Rule))
        {
            foreach (var target in rule.Attached.Select(one => new Target(one)))
            {
                if (Started(subject, target) is not { } pipeline)
                {
                    continue;
                }

                var given = target.SageMakerPipelineParameters?.PipelineParameterList.Select(one => one.Name) ?? [];
                foreach (var parameter in pipeline.WithoutDefault.Except(given))
                {
                    yield return Problem.Error(
                        pipeline.Place,
                        $"parameter {parameter} has no default and the rule {rule.Name} gives none: StartPipelineExecution refuses every start."
                    );
                }
            }
        }

        // A definition alone does not say what starts it.
        foreach (var pipeline in subject.Resources.Count > 0 ? [] : subject.Pipelines)
        {
            foreach (var parameter in pipeline.WithoutDefault)
            {
                yield return Problem.Note(
                    pipeline.Place,
                    $"parameter {parameter} has no default: a schedule that starts the pipeline must give it, or every start is refused."
                );
            }
        }
    }

    public static IEnumerable<Problem> Expression(CheckSubject subject)
    {
        foreach (var rule in subject.Resources.Where(one => one.Kind == ResourceKind.Rule))
        {
            if (
                new PutRuleRequest(rule.Definition).ScheduleExpression is { } schedule
                && WhyNot(schedule) is { } reason
            )
            {
                yield return Problem.Error(
                    subject.Project is null ? $"rule {rule.Name}" : subject.Lines.Of("monitor.schedule"),
                    $"PutRule refuses the schedule: {reason}"
                );
            }
        }
    }

    private static CheckedPipeline? Started(CheckSubject subject, Target target) =>
        subject.Pipelines.FirstOrDefault(pipeline =>
            target.Arn.EndsWith($":pipeline/{pipeline.Name}", StringComparison.Ordinal)
        );

    private static string? WhyNot(string schedule)
    {
        try
        {
            ScheduleExpression.Parse(schedule);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
