using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's PublishInput.</summary>
public sealed record PublishInput(JsonObject Tree)
{
    public string? TopicArn => Tree.Text("TopicArn");

    public string? TargetArn => Tree.Text("TargetArn");

    public string? PhoneNumber => Tree.Text("PhoneNumber");

    public string Message => Tree.Text("Message") ?? throw ViewError.Missing(nameof(PublishInput), "Message");

    public string? Subject => Tree.Text("Subject");

    public string? MessageStructure => Tree.Text("MessageStructure");

    public string? MessageDeduplicationId => Tree.Text("MessageDeduplicationId");
}
