using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's GetTopicAttributesResponse.</summary>
public sealed record GetTopicAttributesResponse(JsonObject Tree)
{
    public IReadOnlyDictionary<string, string> Attributes => Tree.Map("Attributes");
}
