using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Json;

/// <summary>
/// awsJson1.0 and awsJson1.1: POST /, the operation in X-Amz-Target, one JSON object in each direction.
/// </summary>
internal sealed class JsonCodec(ServiceModel model) : Codec(model)
{
    public override string Protocol => "json";

    private readonly string contentType = $"application/x-amz-json-{model.JsonVersion}";

    public override string? OperationName(WireRequest request)
    {
        var target = request.Headers["X-Amz-Target"].ToString();
        var dot = target.LastIndexOf('.');
        return dot > 0 ? target[(dot + 1)..] : null;
    }

    public override WireRequest WriteRequest(Operation operation, JsonObject input)
    {
        var headers = new HeaderDictionary
        {
            ["Content-Type"] = contentType,
            ["X-Amz-Target"] = $"{Model.TargetPrefix}.{operation.Name}",
        };
        if (Model.QueryCompatible)
        {
            headers["x-amzn-query-mode"] = "true";
        }

        return new WireRequest("POST", "/", "", headers, JsonTreeWriter.Body(input, operation.Input))
        {
            HostPrefix = HostPrefixes.Expand(operation, input),
        };
    }

    public override JsonObject ReadRequest(Operation operation, WireRequest request) =>
        JsonTreeReader.ReadBody(Compression.Decode(request).Span, operation.Input);

    public override WireResponse WriteResponse(Operation operation, JsonObject output, string requestId) =>
        new(
            operation.ResponseCode,
            Headers(requestId),
            operation.Output is null ? "{}"u8.ToArray() : JsonTreeWriter.Body(output, operation.Output)
        );

    public override JsonObject ReadResponse(Operation operation, WireResponse response) =>
        JsonTreeReader.ReadBody(response.Body.Span, operation.Output);

    public override WireResponse WriteError(Operation? operation, AwsException error, string requestId)
    {
        var shape = ErrorShape(operation, error.Code) ?? AnyErrorShape(error.Code);
        var headers = Headers(requestId);
        if (Model.QueryCompatible)
        {
            headers["x-amzn-query-error"] = JsonErrors.QueryError(shape, error);
        }

        return new WireResponse(error.Status, headers, JsonErrors.Body(shape, error, withType: true));
    }

    public override AwsException ReadError(WireResponse response) => JsonErrors.Read(response);

    private HeaderDictionary Headers(string requestId) =>
        new() { ["Content-Type"] = contentType, ["x-amzn-RequestId"] = requestId };
}
