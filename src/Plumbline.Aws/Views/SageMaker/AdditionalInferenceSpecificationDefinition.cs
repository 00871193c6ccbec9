using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's AdditionalInferenceSpecificationDefinition.</summary>
public sealed record AdditionalInferenceSpecificationDefinition(JsonObject Tree)
{
    public string Name =>
        Tree.Text("Name") ?? throw ViewError.Missing(nameof(AdditionalInferenceSpecificationDefinition), "Name");
}
