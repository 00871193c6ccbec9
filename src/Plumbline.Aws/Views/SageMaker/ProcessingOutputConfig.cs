using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingOutputConfig.</summary>
public sealed record ProcessingOutputConfig(JsonObject Tree)
{
    public IEnumerable<ProcessingOutput> Outputs => Tree.Objects("Outputs").Select(one => new ProcessingOutput(one));
}
