using System.Globalization;
using System.Text;
using Plumbline.Aws.Formats.Pipelines;

namespace Plumbline.Loop.Checks.Rules;

/// <summary>Rules about definitions as a whole.</summary>
internal static class DefinitionRules
{
    private const int MostSent = 1_048_576;
    private const int MostBytes = 100 * 1024 * 1024;

    private static readonly string[] Everywhere =
    [
        StepTypes.Training,
        StepTypes.Processing,
        StepTypes.Model,
        StepTypes.RegisterModel,
        StepTypes.Condition,
        StepTypes.Fail,
    ];

    public static IEnumerable<Problem> Refused(CheckSubject subject) =>
        subject
            .Pipelines.Select(pipeline => (pipeline.Place, Reason: Refusal(pipeline)))
            .Append((Place: "plumbline.yaml", Reason: subject.Refusal))
            // An unknown instance type has its own rule, which knows the step.
            .Where(one =>
                one.Reason is { } reason && !reason.Contains("InstanceType' failed", StringComparison.Ordinal)
            )
            .Select(one => Problem.Error(one.Place, $"CreatePipeline refuses it: {one.Reason}"));

    public static IEnumerable<Problem> Size(CheckSubject subject)
    {
        foreach (var pipeline in subject.Pipelines)
        {
            if (Encoding.UTF8.GetByteCount(pipeline.Definition) > MostBytes)
            {
                yield return Problem.Error(
                    pipeline.Place,
                    "the definition has over 100 MB, AWS's limit even for a definition in S3: split the pipeline."
                );
            }
            else if (pipeline.Definition.Length > MostSent)
            {
                var length = pipeline.Definition.Length.ToString("N0", CultureInfo.InvariantCulture);
                yield return Problem.Error(
                    pipeline.Place,
                    $"the definition has {length} characters, and PipelineDefinition takes 1,048,576: send it as PipelineDefinitionS3Location."
                );
            }
        }
    }

    public static IEnumerable<Problem> OnlyOnAws(CheckSubject subject) =>
        subject
            .Steps.Where(step => !Everywhere.Contains(step.Type))
            .Select(step =>
                Problem.Warning(
                    step.Place,
                    $"the local cloud runs no steps of type {step.Type}, only {string.Join(", ", Everywhere)}: try it on AWS."
                )
            );

    private static string? Refusal(CheckedPipeline pipeline)
    {
        try
        {
            PipelineDefinition.Read(pipeline.Definition);
            return null;
        }
        catch (PipelineDefinitionException exception)
        {
            return exception.Message;
        }
    }
}
