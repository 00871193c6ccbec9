using System.Formats.Cbor;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Codecs;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <param name="Operation">The operation that it was made for.</param>
internal sealed record FuzzedRequest(ServiceModel Service, string Operation, WireRequest Wire)
{
    /// <summary>The request as one line, which is enough to send it again.</summary>
    public override string ToString() =>
        $"{Service.Id}.{Operation}: {Wire.Method} {Wire.Path}?{Wire.Query} "
        + $"[{string.Join(", ", Wire.Headers.Select(header => $"{header.Key}: {header.Value}"))}] "
        + Convert.ToBase64String(Wire.Body.Span);
}

/// <summary>Makes random requests for all operations of all services, in all of their protocols.</summary>
/// <param name="names">Names of existing resources, which requests may use.</param>
internal sealed class RequestSource(Random random, IReadOnlyList<string> names)
{
    private static readonly Operation[] Operations =
    [
        .. ServiceModel.Ids.Select(ServiceModel.For).SelectMany(model => model.Operations.Values),
    ];

    private readonly RandomInput inputs = new(random, names);
    private readonly Mutation mutation = new(random);

    public FuzzedRequest Next()
    {
        while (true)
        {
            var operation = Operations[random.Next(Operations.Length)];
            try
            {
                return new FuzzedRequest(operation.Service, operation.Name, Draw(operation));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // This protocol cannot express the input: draw another one.
            }
        }
    }

    private WireRequest Draw(Operation operation)
    {
        var service = operation.Service;
        var protocol = service.Protocols[random.Next(service.Protocols.Count)];
        var codec = CodecTable.For(service, protocol);
        var known = StartingState.Inputs(operation).ToList();
        var input = known.Count > 0 && random.Next(3) == 0 ? known[random.Next(known.Count)] : inputs.Of(operation);
        var wire =
            random.Next(3) == 0 && Untyped(operation, codec, input) is { } untyped
                ? untyped
                : codec.WriteRequest(operation, input);
        if (operation.StreamingInput is not null)
        {
            wire = wire with { Body = Encoding.UTF8.GetBytes("some content") };
        }

        return Spoil(wire);
    }

    /// <summary>A request whose body has values of wrong kinds; null if the protocol's body is not a tree.</summary>
    private WireRequest? Untyped(Operation operation, Codec codec, JsonObject input)
    {
        if (codec.Protocol is not ("json" or "rest-json" or "smithy-rpc-v2-cbor"))
        {
            return null;
        }

        var wire = codec.WriteRequest(operation, input);
        mutation.Spoil(input);
        return wire with
        {
            Body = codec.Protocol == "smithy-rpc-v2-cbor" ? Cbor(input) : Encoding.UTF8.GetBytes(input.ToJsonString()),
        };
    }

    private WireRequest Spoil(WireRequest wire)
    {
        if (random.Next(5) == 0)
        {
            wire = wire with { Body = mutation.Spoil(wire.Body.Span) };
        }

        if (random.Next(200) == 0)
        {
            wire = wire with { Body = Mutation.Nested(random.Next(1, 3000)) };
        }

        if (wire.Headers.ContainsKey("X-Amz-Target") == false && random.Next(4) == 0)
        {
            wire = wire with { Query = wire.Query + (wire.Query.Length > 0 ? "&" : "") + mutation.Pair() };
        }

        if (random.Next(8) == 0)
        {
            var (name, value) = mutation.Header();
            wire = wire with
            {
                Headers = new HeaderDictionary(
                    new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(
                        wire.Headers,
                        StringComparer.OrdinalIgnoreCase
                    )
                    {
                        [name] = value,
                    }
                ),
            };
        }

        return random.Next(60) == 0 ? wire with { Method = random.Next(2) == 0 ? "PUT" : "DELETE" } : wire;
    }

    private static byte[] Cbor(JsonNode tree)
    {
        var writer = new CborWriter();
        Write(writer, tree);
        return writer.Encode();
    }

    private static void Write(CborWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNull();
                break;
            case JsonObject members:
                writer.WriteStartMap(members.Count);
                foreach (var (name, value) in members)
                {
                    writer.WriteTextString(name);
                    Write(writer, value);
                }

                writer.WriteEndMap();
                break;
            case JsonArray list:
                writer.WriteStartArray(list.Count);
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue(out long whole):
                writer.WriteInt64(whole);
                break;
            case JsonValue value when value.TryGetValue(out double number):
                writer.WriteDouble(number);
                break;
            case JsonValue value when value.TryGetValue(out bool truth):
                writer.WriteBoolean(truth);
                break;
            default:
                writer.WriteTextString((string)node!);
                break;
        }
    }
}
