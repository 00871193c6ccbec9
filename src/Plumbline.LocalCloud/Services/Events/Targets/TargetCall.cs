using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Events;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Events;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>
/// The ordinary request that delivers an event to a target. Its token is derived from the event, the rule and the
/// target, so that a delivery that is repeated after a crash starts nothing twice.
/// </summary>
/// <param name="Service">The service's id.</param>
/// <param name="Operation">AWS's name of the operation.</param>
/// <param name="Input">Its input.</param>
/// <param name="Caller">The principal of the request.</param>
internal sealed record TargetCall(string Service, string Operation, JsonObject Input, Caller Caller)
{
    private static readonly Caller Events = new("events.amazonaws.com", "events.amazonaws.com");

    /// <exception cref="FormatException">The event does not fit the target's input.</exception>
    public static TargetCall Of(string rule, Target target, EventEnvelope @event)
    {
        var arn = Arn.Parse(target.Arn);
        var token = Token(rule, target, @event);
        return TargetKinds.Of(arn) switch
        {
            TargetKind.Pipeline => new(
                "sagemaker",
                "StartPipelineExecution",
                Start(arn, target, @event, token),
                Role()
            ),
            TargetKind.Build => new("codebuild", "StartBuild", Build(arn, rule, target, @event, token), Role()),
            // A topic trusts EventBridge itself, which as a service may also pass a deduplication id.
            _ => new("sns", "Publish", Message(rule, target, @event, token), Events),
        };

        Caller Role() => Caller.OfRole(target.RoleArn!, rule);
    }

    private static string Token(string rule, Target target, EventEnvelope @event) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{@event.Id}\n{rule}\n{target.Id}")));

    private static JsonObject Start(Arn arn, Target target, EventEnvelope @event, string token)
    {
        var parameters = target.SageMakerPipelineParameters?.PipelineParameterList ?? [];
        var given = parameters
            .Select(parameter => (parameter.Name, Value: ValueOf(parameter.Value, @event)))
            // A parameter that the event lacks keeps the pipeline's default.
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => new JsonObject { ["Name"] = parameter.Name, ["Value"] = parameter.Value });
        return new JsonObject
        {
            ["PipelineName"] = arn.ResourceId,
            ["PipelineParameters"] = new JsonArray([.. given]),
            ["ClientRequestToken"] = token,
        };
    }

    private static string? ValueOf(string value, EventEnvelope @event)
    {
        if (!value.StartsWith("$.", StringComparison.Ordinal) && value != "$")
        {
            return value;
        }

        var found = EventPath.Parse(value).Find(@event.Tree);
        return Tree.Text(found) ?? found?.ToJsonString();
    }

    /// <summary>Merges the target's input into the request; without an input, the project is built as it is.</summary>
    private static JsonObject Build(Arn arn, string rule, Target target, EventEnvelope @event, string token)
    {
        var request = new JsonObject();
        if (TargetInput.IsShaped(target))
        {
            var members = ServiceModel.For("codebuild").Operations["StartBuild"].Input!.Members;
            foreach (var (name, value) in Parse(TargetInput.Of(target, rule, @event)))
            {
                if (members.ContainsKey(name))
                {
                    request[name] = value?.DeepClone();
                }
            }
        }

        request["projectName"] = arn.ResourceId;
        request["idempotencyToken"] = token;
        return request;
    }

    /// <summary>Reads an input, which may be the whole event.</summary>
    private static JsonObject Parse(string input)
    {
        try
        {
            return JsonNode.Parse(input, documentOptions: JsonDepth.KeptTexts) as JsonObject ?? [];
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The input is not JSON: {exception.Message}", exception);
        }
    }

    private static JsonObject Message(string rule, Target target, EventEnvelope @event, string token) =>
        new()
        {
            ["TopicArn"] = target.Arn,
            ["Message"] = TargetInput.Of(target, rule, @event),
            ["MessageDeduplicationId"] = token,
        };
}
