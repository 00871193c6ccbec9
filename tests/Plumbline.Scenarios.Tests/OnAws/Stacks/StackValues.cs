using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <summary>Evaluates a template's functions and references, in the local cloud's account and region.</summary>
internal static class StackValues
{
    private static readonly Dictionary<string, string> Pseudo = new()
    {
        ["AWS::AccountId"] = LocalCloudIdentity.Account,
        ["AWS::Region"] = LocalCloudIdentity.Region,
        ["AWS::Partition"] = "aws",
        ["AWS::URLSuffix"] = "amazonaws.com",
    };

    /// <summary>Evaluates all functions in a value.</summary>
    /// <param name="node">A node of the template.</param>
    /// <param name="resources">The template's resources, for its references.</param>
    public static JsonNode? Resolved(JsonNode? node, IReadOnlyDictionary<string, StackResource> resources) =>
        node switch
        {
            JsonObject { Count: 1 } tree when tree.Text("Fn::Sub") is { } text => Substituted(text),
            JsonObject { Count: 1 } tree when tree.Text("Ref") is { } id => Pseudo.GetValueOrDefault(id)
                ?? Reference(resources[id]),
            JsonObject { Count: 1 } tree when tree["Fn::GetAtt"] is JsonArray get => Attribute(
                resources[(string)get[0]!],
                (string)get[1]!
            ),
            JsonObject tree => new JsonObject(
                tree.Select(one => KeyValuePair.Create(one.Key, Resolved(one.Value, resources)))
            ),
            JsonArray list => new JsonArray([.. list.Select(one => Resolved(one, resources))]),
            _ => node?.DeepClone(),
        };

    private static string Substituted(string text)
    {
        foreach (var (name, value) in Pseudo)
        {
            text = text.Replace($"${{{name}}}", value, StringComparison.Ordinal);
        }

        return text.Replace("${!", "${", StringComparison.Ordinal);
    }

    /// <summary>The value of a reference to a resource: its name, or a topic's ARN.</summary>
    public static string Reference(StackResource resource) =>
        resource.Type == "AWS::SNS::Topic" ? Arn("sns", resource.Name) : resource.Name;

    private static string Attribute(StackResource resource, string attribute) =>
        (resource.Type, attribute) switch
        {
            ("AWS::SQS::Queue", "Arn") => Arn("sqs", resource.Name),
            ("AWS::SQS::Queue", "QueueName") => resource.Name,
            ("AWS::IAM::Role", "Arn") => $"arn:aws:iam::{LocalCloudIdentity.Account}:role/{resource.Name}",
            ("AWS::S3::Bucket", "Arn") => $"arn:aws:s3:::{resource.Name}",
            _ => throw new InvalidOperationException($"{resource.Type} has no {attribute} here."),
        };

    private static string Arn(string service, string name) =>
        $"arn:aws:{service}:{LocalCloudIdentity.Region}:{LocalCloudIdentity.Account}:{name}";
}
