using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudFormation's Change.</summary>
public sealed record Change(JsonObject Tree)
{
    public ResourceChange ResourceChange =>
        new(Tree.Object("ResourceChange") ?? throw ViewError.Missing(nameof(Change), "ResourceChange"));
}
