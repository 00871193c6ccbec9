using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols.Cbor;
using Plumbline.Aws.Protocols.Json;
using Plumbline.Aws.Protocols.Query;
using Plumbline.Aws.Protocols.RestJson;
using Plumbline.Aws.Protocols.RestXml;

namespace Plumbline.Aws.Protocols;

/// <summary>
/// Encodes and decodes one protocol of one service, for client and server. A tree has AWS's member names. In it, blobs
/// are base64 text, timestamps are seconds since 1970 (to the millisecond), 64-bit integers are exact, and NaN and the
/// infinities are text. A tree does not hold streaming members.
/// </summary>
public abstract class Codec
{
    /// <summary>Protocol names in the order in which clients prefer them.</summary>
    private static readonly string[] Preferred = ["json", "rest-json", "rest-xml", "query", "smithy-rpc-v2-cbor"];

    private static readonly ConcurrentDictionary<(ServiceModel, string), Codec> Made = new();

    private protected Codec(ServiceModel model) => Model = model;

    public ServiceModel Model { get; }

    /// <summary>The protocol's name in service models.</summary>
    public abstract string Protocol { get; }

    /// <summary>Returns the codec of the protocol that clients prefer.</summary>
    public static Codec For(ServiceModel model) => For(model, Preferred.First(model.Protocols.Contains));

    /// <summary>Returns the codec of a protocol, by its name in the service's model.</summary>
    public static Codec For(ServiceModel model, string protocol) =>
        Made.GetOrAdd(
            (model, protocol),
            static key =>
                key.Item2 switch
                {
                    "json" => new JsonCodec(key.Item1),
                    "rest-json" => new RestJsonCodec(key.Item1),
                    "rest-xml" => new RestXmlCodec(key.Item1),
                    "query" or "ec2" => new QueryCodec(key.Item1, key.Item2),
                    "smithy-rpc-v2-cbor" => new CborCodec(key.Item1),
                    _ => throw new NotSupportedException($"{key.Item1.Id} does not have the protocol '{key.Item2}'."),
                }
        );

    /// <summary>Returns the codec of the protocol in which a request to the service is written.</summary>
    public static Codec For(ServiceModel model, IHeaderDictionary headers)
    {
        if (model.Protocols.Count == 1)
        {
            return For(model, model.Protocols[0]);
        }

        var protocol =
            headers.ContainsKey("smithy-protocol") ? "smithy-rpc-v2-cbor"
            : headers.ContainsKey("X-Amz-Target") ? "json"
            : "query";
        return For(model, model.Protocols.Contains(protocol) ? protocol : model.Protocols[0]);
    }

    /// <summary>Server: reads the name of the requested operation, even if the model does not have it.</summary>
    public abstract string? OperationName(WireRequest request);

    /// <summary>Client: writes the request of a call.</summary>
    public abstract WireRequest WriteRequest(Operation operation, JsonObject input);

    /// <summary>Server: reads the input of a request.</summary>
    /// <exception cref="AwsException">The request does not fit the operation's shape.</exception>
    public abstract JsonObject ReadRequest(Operation operation, WireRequest request);

    /// <summary>Server: writes the answer to a call.</summary>
    public abstract WireResponse WriteResponse(Operation operation, JsonObject output, string requestId);

    /// <summary>Client: reads the output of an answer.</summary>
    public abstract JsonObject ReadResponse(Operation operation, WireResponse response);

    /// <summary>Server: writes the answer to a failed call; the operation is null if it was not known yet.</summary>
    public abstract WireResponse WriteError(Operation? operation, AwsException error, string requestId);

    /// <summary>Client: reads the error of an answer without a success status.</summary>
    public abstract AwsException ReadError(WireResponse response);

    private protected static Shape? ErrorShape(Operation? operation, string code) =>
        operation?.Errors.FirstOrDefault(shape => shape.Name == code || shape.Error?.Code == code);

    private protected Shape? AnyErrorShape(string code) =>
        Model
            .Operations.Values.Select(operation => ErrorShape(operation, code))
            .FirstOrDefault(shape => shape is not null);
}
