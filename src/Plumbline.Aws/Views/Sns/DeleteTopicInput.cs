using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's DeleteTopicInput.</summary>
public sealed record DeleteTopicInput(JsonObject Tree)
{
    public string TopicArn => Tree.Text("TopicArn") ?? throw ViewError.Missing(nameof(DeleteTopicInput), "TopicArn");
}
