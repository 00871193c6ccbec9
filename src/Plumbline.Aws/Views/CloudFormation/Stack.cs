using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudFormation's Stack.</summary>
public sealed record Stack(JsonObject Tree)
{
    public string StackName => Tree.Text("StackName") ?? throw ViewError.Missing(nameof(Stack), "StackName");

    public string StackStatus => Tree.Text("StackStatus") ?? throw ViewError.Missing(nameof(Stack), "StackStatus");
}
