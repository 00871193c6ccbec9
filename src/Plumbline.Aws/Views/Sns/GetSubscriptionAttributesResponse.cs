using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's GetSubscriptionAttributesResponse.</summary>
public sealed record GetSubscriptionAttributesResponse(JsonObject Tree)
{
    public IReadOnlyDictionary<string, string> Attributes => Tree.Map("Attributes");
}
