using Microsoft.AspNetCore.Http;

namespace Plumbline.Aws.Protocols;

/// <summary>
/// An HTTP request as it is on the wire. The body is in memory, unless it streams; then it is passed separately.
/// </summary>
/// <param name="Method">GET, PUT, POST, HEAD or DELETE.</param>
/// <param name="Path">The path as sent, percent-encoded, from the first slash up to the question mark.</param>
/// <param name="Query">The query as sent, without its question mark; "" without a query.</param>
/// <param name="Headers">The headers; names are case-insensitive, a name may have several values.</param>
/// <param name="Body">The body; empty if it streams.</param>
public sealed record WireRequest(
    string Method,
    string Path,
    string Query,
    IHeaderDictionary Headers,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>The text before the host name, if the operation requires one.</summary>
    public string? HostPrefix { get; init; }
}
