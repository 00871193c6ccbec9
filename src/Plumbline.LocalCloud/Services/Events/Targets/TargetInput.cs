using Plumbline.Aws.Events;
using Plumbline.Aws.Views.Events;
using InputTransformer = Plumbline.Aws.Events.InputTransformer;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>The input that a target gets for an event.</summary>
internal static class TargetInput
{
    /// <summary>True if the target defines its input.</summary>
    public static bool IsShaped(Target target) =>
        target.Input is not null || target.InputPath is not null || target.InputTransformer is not null;

    /// <summary>Returns the input as JSON; by default, the event itself.</summary>
    /// <exception cref="FormatException">The result of a template is not JSON.</exception>
    public static string Of(Target target, string ruleName, EventEnvelope @event)
    {
        if (target.Input is { } fixedInput)
        {
            return fixedInput;
        }

        if (target.InputPath is { } path)
        {
            return EventPath.Parse(path).Find(@event.Tree)?.ToJsonString() ?? "null";
        }

        return target.InputTransformer is { } transformer
            ? Transformer(transformer).Render(@event, Rules.RuleStore.ArnOf(ruleName), ruleName)
            : @event.Tree.ToJsonString();
    }

    /// <exception cref="FormatException">The transformer is invalid.</exception>
    public static InputTransformer Transformer(Aws.Views.Events.InputTransformer transformer) =>
        InputTransformer.Parse(transformer.InputPathsMap, transformer.InputTemplate);
}
