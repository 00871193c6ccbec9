using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Loop.Stack;

/// <summary>A CloudFormation template, as JSON. The same resources give the same bytes.</summary>
internal static class Template
{
    /// <summary>Stands for the account's number in a template for any account.</summary>
    public const string AnyAccount = "${AWS::AccountId}";

    /// <summary>Stands for the region's name in a template for any region.</summary>
    public const string AnyRegion = "${AWS::Region}";

    // Resources write these parts as in most regions; the other partitions of AWS have different ones.
    private static readonly (string Written, string InAnyPartition)[] OfThePartition =
    [
        ("arn:aws:", "arn:${AWS::Partition}:"),
        (".amazonaws.com/", ".${AWS::URLSuffix}/"),
    ];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a template.</summary>
    /// <param name="description">The description of the stack.</param>
    /// <param name="resources">Resources by their logical ids.</param>
    /// <param name="outputs">Values by their names.</param>
    public static string Write(string description, JsonObject resources, JsonObject outputs) =>
        new JsonObject
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = description,
            ["Resources"] = Substituted(resources),
            ["Outputs"] = Substituted(outputs),
        }.ToJsonString(Indented) + "\n";

    /// <param name="type">CloudFormation's type.</param>
    /// <param name="properties">Its properties, in CloudFormation's names.</param>
    /// <param name="dependsOn">Logical ids of resources that must exist before, where no reference implies it.</param>
    public static JsonObject Resource(string type, JsonObject properties, params IEnumerable<string> dependsOn)
    {
        var resource = new JsonObject { ["Type"] = type };
        var ids = dependsOn.Order(StringComparer.Ordinal).ToList();
        if (ids.Count > 0)
        {
            resource["DependsOn"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]);
        }

        resource["Properties"] = properties;
        return resource;
    }

    /// <summary>
    /// A resource that holds data: it stays when the stack is deleted. A resource of a stack whose creation failed is
    /// deleted, since the next creation would fail with "already exists".
    /// </summary>
    public static JsonObject Kept(JsonObject resource)
    {
        resource["DeletionPolicy"] = "RetainExceptOnCreate";
        resource["UpdateReplacePolicy"] = "Retain";
        return resource;
    }

    /// <summary>An attribute of another resource.</summary>
    public static JsonObject GetAtt(string id, string attribute) =>
        new() { ["Fn::GetAtt"] = new JsonArray(id, attribute) };

    /// <summary>A policy that allows a service one action on a resource.</summary>
    public static JsonObject ServicePolicy(
        string service,
        string action,
        JsonNode resource,
        JsonObject? condition = null
    ) => Policy(ServiceStatement(service, action, resource, condition));

    /// <summary>A statement that allows a service one action on a resource.</summary>
    public static JsonObject ServiceStatement(
        string service,
        string action,
        JsonNode resource,
        JsonObject? condition = null
    )
    {
        var statement = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = service },
            ["Action"] = action,
            ["Resource"] = resource,
        };
        if (condition is not null)
        {
            statement["Condition"] = condition;
        }

        return statement;
    }

    public static JsonObject Policy(params JsonObject[] statements) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) };

    /// <summary>
    /// Turns strings with account, region or partition into <c>Fn::Sub</c>, and escapes other braces.
    /// </summary>
    private static JsonNode? Substituted(JsonNode? node) =>
        node switch
        {
            JsonObject tree => new JsonObject(tree.Select(one => KeyValuePair.Create(one.Key, Substituted(one.Value)))),
            JsonArray list => new JsonArray([.. list.Select(Substituted)]),
            JsonValue value when value.TryText() is { } text => Substituted(text),
            _ => node?.DeepClone(),
        };

    private static JsonNode Substituted(string text)
    {
        if (!text.Contains("${AWS::", StringComparison.Ordinal))
        {
            return text;
        }

        foreach (var (written, inAnyPartition) in OfThePartition)
        {
            text = text.Replace(written, inAnyPartition, StringComparison.Ordinal);
        }

        return new JsonObject
        {
            ["Fn::Sub"] = text.Replace("${", "${!", StringComparison.Ordinal)
                .Replace("${!AWS::", "${AWS::", StringComparison.Ordinal),
        };
    }

    private static string? TryText(this JsonValue value) => value.TryGetValue<string>(out var text) ? text : null;
}
