using Microsoft.AspNetCore.Http;

namespace Plumbline.Aws.Protocols;

/// <summary>
/// An HTTP answer as it is on the wire. The body is in memory, unless it streams; then it is passed separately.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; empty if it streams.</param>
public sealed record WireResponse(int Status, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);
