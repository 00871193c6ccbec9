using System.Text.Json.Nodes;
using Plumbline.Aws.Events;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>The input that a target gets for an event.</summary>
internal static class TargetInput
{
    /// <summary>True if the target defines its input.</summary>
    public static bool IsShaped(JsonObject target) =>
        target.ContainsKey("Input") || target.ContainsKey("InputPath") || target.ContainsKey("InputTransformer");

    /// <summary>Returns the input as JSON; by default, the event itself.</summary>
    /// <exception cref="FormatException">The result of a template is not JSON.</exception>
    public static string Of(JsonObject target, string ruleName, JsonObject @event)
    {
        if (target.Text("Input") is { } fixedInput)
        {
            return fixedInput;
        }

        if (target.Text("InputPath") is { } path)
        {
            return EventPath.Parse(path).Find(@event)?.ToJsonString() ?? "null";
        }

        return target.Object("InputTransformer") is { } transformer
            ? Transformer(transformer).Render(@event, Rules.RuleStore.ArnOf(ruleName), ruleName)
            : @event.ToJsonString();
    }

    /// <exception cref="FormatException">The transformer is invalid.</exception>
    public static InputTransformer Transformer(JsonObject transformer) =>
        InputTransformer.Parse(
            (transformer.Object("InputPathsMap") ?? []).ToDictionary(
                path => path.Key,
                path => Tree.Text(path.Value) ?? ""
            ),
            transformer.Text("InputTemplate")!
        );
}
