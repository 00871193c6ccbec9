using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's Parameter.</summary>
public sealed record Parameter(JsonObject Tree)
{
    public string Name => Tree.Text("Name") ?? throw ViewError.Missing(nameof(Parameter), "Name");

    public string Value => Tree.Text("Value") ?? throw ViewError.Missing(nameof(Parameter), "Value");
}
