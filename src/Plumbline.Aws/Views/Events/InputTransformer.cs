using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Events;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of EventBridge's InputTransformer.</summary>
public sealed record InputTransformer(JsonObject Tree)
{
    public IReadOnlyDictionary<string, string> InputPathsMap => Tree.Map("InputPathsMap");

    public string InputTemplate =>
        Tree.Text("InputTemplate") ?? throw ViewError.Missing(nameof(InputTransformer), "InputTemplate");
}
