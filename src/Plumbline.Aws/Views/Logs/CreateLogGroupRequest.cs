using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's CreateLogGroupRequest.</summary>
public sealed record CreateLogGroupRequest(JsonObject Tree)
{
    public string LogGroupName =>
        Tree.Text("logGroupName") ?? throw ViewError.Missing(nameof(CreateLogGroupRequest), "logGroupName");

    public string? LogGroupClass => Tree.Text("logGroupClass");

    public string? KmsKeyId => Tree.Text("kmsKeyId");
}
