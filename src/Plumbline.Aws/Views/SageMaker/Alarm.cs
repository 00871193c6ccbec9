using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's Alarm.</summary>
public sealed record Alarm(JsonObject Tree)
{
    public string AlarmName => Tree.Text("AlarmName") ?? throw ViewError.Missing(nameof(Alarm), "AlarmName");
}
