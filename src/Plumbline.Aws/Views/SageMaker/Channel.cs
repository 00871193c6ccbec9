using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's Channel.</summary>
public sealed record Channel(JsonObject Tree)
{
    public string ChannelName => Tree.Text("ChannelName") ?? throw ViewError.Missing(nameof(Channel), "ChannelName");

    public DataSource DataSource =>
        new(Tree.Object("DataSource") ?? throw ViewError.Missing(nameof(Channel), "DataSource"));

    public string? ContentType => Tree.Text("ContentType");

    public string? RecordWrapperType => Tree.Text("RecordWrapperType");

    public string? InputMode => Tree.Text("InputMode");
}
