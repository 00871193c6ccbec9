using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Protocols.Cbor;
using Plumbline.Aws.Protocols.Json;
using Plumbline.Aws.Protocols.Query;
using Plumbline.Aws.Protocols.RestJson;
using Plumbline.Aws.Protocols.RestXml;

namespace Plumbline.Aws.Codecs;

/// <summary>The codec of each service and protocol; each is made once.</summary>
public static class CodecTable
{
    private static readonly string[] Preferred = ["json", "rest-json", "rest-xml", "query", "smithy-rpc-v2-cbor"];

    private static readonly ConcurrentDictionary<(ServiceModel, string), Codec> Made = new();

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
}
