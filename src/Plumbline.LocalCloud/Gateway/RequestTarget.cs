using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>The service that a request is for, and its codec.</summary>
/// <param name="Name">The name by which its clients know it, such as <c>lambda</c>.</param>
/// <param name="Codec">Reads the request and writes the answer.</param>
/// <param name="IsHere">True if the local cloud has this service; otherwise the codec only writes the error that says so.</param>
internal sealed record RequestTarget(string Name, Codec Codec, bool IsHere)
{
    /// <summary>The name of the operation, if the path rather than the protocol tells it.</summary>
    public string? Operation { get; init; }

    public ServiceModel Service => Codec.Model;
}
