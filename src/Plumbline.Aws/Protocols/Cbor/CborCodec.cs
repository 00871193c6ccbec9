using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols.Json;

namespace Plumbline.Aws.Protocols.Cbor;

/// <summary>Smithy RPC v2: POST /service/NAME/operation/NAME, CBOR in both directions.</summary>
internal sealed class CborCodec(ServiceModel model) : Codec(model)
{
    public override string Protocol => "smithy-rpc-v2-cbor";

    private const string ContentType = "application/cbor";

    public override string? OperationName(WireRequest request) =>
        request.Path.Split('/') is ["", "service", _, "operation", { Length: > 0 } name] ? name : null;

    public override WireRequest WriteRequest(Operation operation, JsonObject input)
    {
        var headers = new HeaderDictionary { ["smithy-protocol"] = "rpc-v2-cbor", ["Accept"] = ContentType };
        if (Model.QueryCompatible)
        {
            headers["x-amzn-query-mode"] = "true";
        }

        ReadOnlyMemory<byte> body = default;
        if (operation.Input is { } shape)
        {
            headers["Content-Type"] = ContentType;
            body = CborTreeWriter.Body(input, shape);
        }

        var path = $"/service/{Model.TargetPrefix}/operation/{operation.Name}";
        return new WireRequest("POST", path, "", headers, body) { HostPrefix = HostPrefixes.Expand(operation, input) };
    }

    public override JsonObject ReadRequest(Operation operation, WireRequest request) =>
        CborTreeReader.ReadBody(Compression.Decode(request), operation.Input);

    public override WireResponse WriteResponse(Operation operation, JsonObject output, string requestId) =>
        new(
            operation.ResponseCode,
            Headers(requestId),
            operation.Output is { } shape ? CborTreeWriter.Body(output, shape) : default(ReadOnlyMemory<byte>)
        );

    public override JsonObject ReadResponse(Operation operation, WireResponse response) =>
        CborTreeReader.ReadBody(response.Body, operation.Output);

    public override WireResponse WriteError(Operation? operation, AwsException error, string requestId)
    {
        var shape = ErrorShape(operation, error.Code) ?? AnyErrorShape(error.Code);
        var headers = Headers(requestId);
        if (Model.QueryCompatible)
        {
            headers["x-amzn-query-error"] = JsonErrors.QueryError(shape, error);
        }

        var message = JsonErrors.MessageMember(shape);
        var body = CborTreeWriter.Body(
            JsonErrors.Extra(error, message),
            shape,
            ("__type", JsonErrors.Name(shape, error)),
            (message, error.Message)
        );
        return new WireResponse(error.Status, headers, body);
    }

    public override AwsException ReadError(WireResponse response)
    {
        try
        {
            return JsonErrors.Of(response, CborTreeReader.ReadAny(response.Body));
        }
        catch (AwsException)
        {
            return JsonErrors.Of(response, []); // a proxy may answer something other than CBOR
        }
    }

    private static HeaderDictionary Headers(string requestId) =>
        new()
        {
            ["smithy-protocol"] = "rpc-v2-cbor",
            ["Content-Type"] = ContentType,
            ["x-amzn-RequestId"] = requestId,
        };
}
