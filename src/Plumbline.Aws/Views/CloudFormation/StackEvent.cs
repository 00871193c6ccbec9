using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudFormation's StackEvent.</summary>
public sealed record StackEvent(JsonObject Tree)
{
    public string? LogicalResourceId => Tree.Text("LogicalResourceId");

    public string ResourceStatus =>
        Tree.Text("ResourceStatus") ?? throw ViewError.Missing(nameof(StackEvent), "ResourceStatus");

    public string? ResourceStatusReason => Tree.Text("ResourceStatusReason");

    public DateTimeOffset Timestamp =>
        Tree.Time("Timestamp") ?? throw ViewError.Missing(nameof(StackEvent), "Timestamp");
}
