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
/// One protocol of one service, both sides. A tree has AWS's member names; blobs are base64 text, timestamps numbers
/// of seconds since 1970 (to the millisecond), 64-bit integers exact, NaN and the infinities text. A streaming
/// member is in no tree.
/// </summary>
public abstract class Codec
{
    /// <summary>The protocols' names, the one preferred by clients first.</summary>
    private static readonly string[] Preferred = ["json", "rest-json", "rest-xml", "query", "smithy-rpc-v2-cbor"];

    private static readonly ConcurrentDictionary<(ServiceModel, string), Codec> Made = new();

    private protected Codec(ServiceModel model) => Model = model;

    /// <summary>The service.</summary>
    public ServiceModel Model { get; }

    /// <summary>The protocol's name, as service models have it.</summary>
    public abstract string Protocol { get; }

    /// <summary>The codec of the protocol that clients prefer.</summary>
    public static Codec For(ServiceModel model) => For(model, Preferred.First(model.Protocols.Contains));

    /// <summary>The codec of one of the service's protocols, by its name in the service's model.</summary>
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
                    _ => throw new NotSupportedException($"{key.Item1.Id} is not spoken as '{key.Item2}'."),
                }
        );

    /// <summary>The codec of the protocol in which a request to the service is written.</summary>
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

    /// <summary>Server: the name of the operation that the request asks for, whether or not it is in the model.</summary>
    public abstract string? OperationName(WireRequest request);

    /// <summary>Client: the request of a call.</summary>
    public abstract WireRequest WriteRequest(Operation operation, JsonObject input);

    /// <summary>Server: the input of a request.</summary>
    /// <exception cref="AwsException">The request does not fit the operation's shape.</exception>
    public abstract JsonObject ReadRequest(Operation operation, WireRequest request);

    /// <summary>Server: the answer to a call.</summary>
    public abstract WireResponse WriteResponse(Operation operation, JsonObject output, string requestId);

    /// <summary>Client: the output of an answer.</summary>
    public abstract JsonObject ReadResponse(Operation operation, WireResponse response);

    /// <summary>Server: the answer to a call that failed; no operation where it was not yet known.</summary>
    public abstract WireResponse WriteError(Operation? operation, AwsException error, string requestId);

    /// <summary>Client: the error of an answer whose status is not a success.</summary>
    public abstract AwsException ReadError(WireResponse response);

    private protected static Shape? ErrorShape(Operation? operation, string code) =>
        operation?.Errors.FirstOrDefault(shape => shape.Name == code || shape.Error?.Code == code);

    private protected Shape? AnyErrorShape(string code) =>
        Model
            .Operations.Values.Select(operation => ErrorShape(operation, code))
            .FirstOrDefault(shape => shape is not null);
}
