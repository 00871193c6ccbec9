using System.Text.Json.Nodes;
using Plumbline.Aws.Events;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>The part of an event that a target is given.</summary>
internal static class TargetInput
{
    /// <summary>True where the target says what it wants to be given.</summary>
    public static bool IsShaped(JsonObject target) =>
        target.ContainsKey("Input") || target.ContainsKey("InputPath") || target.ContainsKey("InputTransformer");

    /// <summary>The input, as JSON: the event itself where the target says nothing.</summary>
    /// <exception cref="FormatException">A template gave no JSON.</exception>
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

    /// <exception cref="FormatException">It is none that can work.</exception>
    public static InputTransformer Transformer(JsonObject transformer) =>
        InputTransformer.Parse(
            (transformer.Object("InputPathsMap") ?? []).ToDictionary(
                path => path.Key,
                path => Tree.Text(path.Value) ?? ""
            ),
            transformer.Text("InputTemplate")!
        );
}
