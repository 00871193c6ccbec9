using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's Delete.</summary>
public sealed record Delete(JsonObject Tree)
{
    public IEnumerable<ObjectIdentifier> Objects => Tree.Objects("Objects").Select(one => new ObjectIdentifier(one));

    public bool? Quiet => Tree.Bool("Quiet");
}
