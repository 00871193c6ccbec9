using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's InferenceSpecification.</summary>
public sealed record InferenceSpecification(JsonObject Tree)
{
    public IEnumerable<ModelPackageContainerDefinition> Containers =>
        Tree.Objects("Containers").Select(one => new ModelPackageContainerDefinition(one));
}
