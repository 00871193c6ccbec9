using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Sts;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of STS's Credentials.</summary>
public sealed record Credentials(JsonObject Tree)
{
    public string AccessKeyId =>
        Tree.Text("AccessKeyId") ?? throw ViewError.Missing(nameof(Credentials), "AccessKeyId");

    public string SecretAccessKey =>
        Tree.Text("SecretAccessKey") ?? throw ViewError.Missing(nameof(Credentials), "SecretAccessKey");

    public string SessionToken =>
        Tree.Text("SessionToken") ?? throw ViewError.Missing(nameof(Credentials), "SessionToken");
}
