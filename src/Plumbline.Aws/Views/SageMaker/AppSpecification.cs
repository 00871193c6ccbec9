using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's AppSpecification.</summary>
public sealed record AppSpecification(JsonObject Tree)
{
    public string ImageUri => Tree.Text("ImageUri") ?? throw ViewError.Missing(nameof(AppSpecification), "ImageUri");

    public IEnumerable<string> ContainerEntrypoint => Tree.Texts("ContainerEntrypoint");

    public IEnumerable<string> ContainerArguments => Tree.Texts("ContainerArguments");
}
