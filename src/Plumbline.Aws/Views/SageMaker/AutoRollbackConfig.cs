using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's AutoRollbackConfig.</summary>
public sealed record AutoRollbackConfig(JsonObject Tree)
{
    public IEnumerable<Alarm> Alarms => Tree.Objects("Alarms").Select(one => new Alarm(one));
}
