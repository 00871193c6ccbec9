using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ProcessingResources.</summary>
public sealed record ProcessingResources(JsonObject Tree)
{
    public ProcessingClusterConfig ClusterConfig =>
        new(Tree.Object("ClusterConfig") ?? throw ViewError.Missing(nameof(ProcessingResources), "ClusterConfig"));
}
