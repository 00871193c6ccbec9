using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of S3's CompletedMultipartUpload.</summary>
public sealed record CompletedMultipartUpload(JsonObject Tree)
{
    public IEnumerable<CompletedPart> Parts => Tree.Objects("Parts").Select(one => new CompletedPart(one));
}
