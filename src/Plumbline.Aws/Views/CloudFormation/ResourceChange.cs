using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudFormation's ResourceChange.</summary>
public sealed record ResourceChange(JsonObject Tree)
{
    public string? Action => Tree.Text("Action");

    public string? LogicalResourceId => Tree.Text("LogicalResourceId");

    public string? ResourceType => Tree.Text("ResourceType");

    public string? Replacement => Tree.Text("Replacement");
}
