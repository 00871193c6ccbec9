using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DeleteTagsInput.</summary>
public sealed record DeleteTagsInput(JsonObject Tree)
{
    public string ResourceArn =>
        Tree.Text("ResourceArn") ?? throw ViewError.Missing(nameof(DeleteTagsInput), "ResourceArn");

    public IEnumerable<string> TagKeys => Tree.Texts("TagKeys");
}
