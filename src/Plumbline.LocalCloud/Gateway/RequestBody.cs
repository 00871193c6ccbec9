using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Signing;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>A request from the wire, with its body.</summary>
/// <param name="Http">The request as ASP.NET Core has it.</param>
/// <param name="Wire">The request as it was signed; without its body if that is streamed.</param>
/// <param name="OperationName">The operation that it names, even an unknown one.</param>
/// <param name="Operation">The operation; null if the service does not have it.</param>
/// <param name="Stream">The streaming body: as sent at first, decoded once the request is authenticated.</param>
/// <param name="StreamLength">Its length in bytes; null if the client did not say.</param>
internal sealed record RequestBody(
    HttpRequest Http,
    WireRequest Wire,
    string? OperationName,
    Operation? Operation,
    Stream? Stream,
    long? StreamLength
)
{
    /// <summary>
    /// The request for the codec: <see cref="Wire"/>, plus headers that a presigned S3 request has in its query.
    /// </summary>
    public required WireRequest Meant { get; init; }

    /// <summary>The trailing headers of <see cref="Stream"/>, once it has been read to its end.</summary>
    public Func<string, string?> Trailer { get; init; } = _ => null;

    /// <summary>
    /// The largest body, in bytes, except objects; AWS's own largest is CreatePipeline's 1 MiB definition.
    /// </summary>
    private const int LargestBody = 16 * 1024 * 1024;

    /// <summary>Reads the body into memory, unless the operation streams it.</summary>
    public static async Task<RequestBody> ReadAsync(HttpContext context, Codec codec, string path, string query)
    {
        var http = context.Request;
        var wire = new WireRequest(http.Method, path, query, http.Headers, ReadOnlyMemory<byte>.Empty);
        var meant = codec.Model.Id == "s3" ? HoistedHeaders.Lower(wire) : wire;

        // A REST request's operation is known before its body, and the body may be large.
        var name = codec.Protocol.StartsWith("rest", StringComparison.Ordinal) ? codec.OperationName(meant) : null;
        if (OperationOf(codec, name) is { StreamingInput: not null } streaming)
        {
            return new RequestBody(http, wire, name, streaming, http.Body, http.ContentLength) { Meant = meant };
        }

        var body = await ReadAllAsync(http, context.RequestAborted);
        wire = wire with { Body = body };
        meant = meant with { Body = body };
        name ??= codec.OperationName(meant);
        return new RequestBody(http, wire, name, OperationOf(codec, name), null, null) { Meant = meant };
    }

    private static Operation? OperationOf(Codec codec, string? name) =>
        name is null ? null : codec.Model.Operations.GetValueOrDefault(name);

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        if (http.ContentLength is 0 or null && !http.Headers.ContainsKey("Transfer-Encoding"))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (http.ContentLength > LargestBody)
        {
            throw TooLarge();
        }

        using var buffer = new MemoryStream((int)(http.ContentLength ?? 0));
        var piece = new byte[32 * 1024];
        int read;
        while ((read = await http.Body.ReadAsync(piece, cancellationToken)) > 0)
        {
            buffer.Write(piece, 0, read);
            if (buffer.Length > LargestBody)
            {
                throw TooLarge();
            }
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static AwsException TooLarge() =>
        new("RequestEntityTooLarge", 413, $"The request's body is larger than {LargestBody} bytes.");
}
