using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sns;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SNS's CreateTopicInput.</summary>
public sealed record CreateTopicInput(JsonObject Tree)
{
    public string Name => Tree.Text("Name") ?? throw ViewError.Missing(nameof(CreateTopicInput), "Name");

    public IReadOnlyDictionary<string, string> Attributes => Tree.Map("Attributes");

    public IEnumerable<Tag> Tags => Tree.Objects("Tags").Select(one => new Tag(one));
}
