using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's DeleteAlarmsInput.</summary>
public sealed record DeleteAlarmsInput(JsonObject Tree)
{
    public IEnumerable<string> AlarmNames => Tree.Texts("AlarmNames");
}
