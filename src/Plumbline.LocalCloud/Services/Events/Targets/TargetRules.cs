using System.Text.Json;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Events;
using Plumbline.Aws.Views.Events;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>The rules for the input of PutTargets.</summary>
internal static class TargetRules
{
    private static readonly string[] Inputs = ["Input", "InputPath", "InputTransformer"];

    /// <summary>Parameters of kinds of targets that are not supported here.</summary>
    private static readonly string[] Unknown =
    [
        "KinesisParameters",
        "RunCommandParameters",
        "EcsParameters",
        "BatchParameters",
        "SqsParameters",
        "HttpParameters",
        "RedshiftDataParameters",
        "AppSyncParameters",
    ];

    /// <exception cref="AwsException">The target is invalid, or not supported here.</exception>
    public static void Check(Target target)
    {
        var (id, text) = (target.Id, target.Arn);
        if (!Arn.TryParse(text, out var arn))
        {
            throw NotCorrect(text, "Provided Arn is not in correct format.");
        }

        var kind = TargetKinds.Of(arn);
        if (kind == TargetKind.None)
        {
            throw NotCorrect(
                text,
                $"The local cloud delivers to SageMaker pipelines, CodeBuild projects and SNS topics, not to '{arn.Service}'."
            );
        }

        if (Unknown.FirstOrDefault(target.Tree.ContainsKey) is { } parameters)
        {
            throw EventsErrors.Validation($"Parameter(s) {parameters} not valid for target: {id}.");
        }

        if (kind is TargetKind.Pipeline or TargetKind.Build && target.RoleArn is null)
        {
            throw EventsErrors.Validation($"RoleArn is required for target {text}.");
        }

        CheckInput(id, target);
    }

    private static void CheckInput(string id, Target target)
    {
        if (Inputs.Count(target.Tree.ContainsKey) > 1)
        {
            throw EventsErrors.Validation(
                $"Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
            );
        }

        try
        {
            if (target.Input is { } input)
            {
                using var document = JsonDocument.Parse(input);
            }

            if (target.InputPath is { } path)
            {
                EventPath.Parse(path);
            }

            if (target.InputTransformer is { } transformer)
            {
                TargetInput.Transformer(transformer);
            }
        }
        catch (JsonException exception)
        {
            throw EventsErrors.Validation($"JSON syntax error in input for target {id}: {exception.Message}");
        }
        catch (FormatException exception)
        {
            throw EventsErrors.Validation($"Invalid input for target {id}: {exception.Message}");
        }
    }

    private static AwsException NotCorrect(string arn, string reason) =>
        EventsErrors.Validation($"Parameter {arn} is not valid. Reason: {reason}");
}
