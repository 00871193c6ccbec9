using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols.Json;
using Plumbline.Aws.Protocols.Rest;

namespace Plumbline.Aws.Protocols.RestJson;

internal sealed class RestJsonCodec(ServiceModel model) : RestCodec(model)
{
    public override string Protocol => "rest-json";

    protected override string ContentType => "application/json";

    public override WireResponse WriteError(Operation? operation, AwsException error, string requestId)
    {
        var shape = ErrorShape(operation, error.Code) ?? AnyErrorShape(error.Code);
        var headers = Headers(requestId);
        headers.ContentType = ContentType;
        headers["x-amzn-ErrorType"] = shape?.Name ?? error.Code;
        if (shape is not null && error.Members is { } members)
        {
            HeaderBinding.Write(members, shape, headers);
        }

        return new WireResponse(error.Status, headers, JsonErrors.Body(shape, error, withType: false));
    }

    public override AwsException ReadError(WireResponse response) => JsonErrors.Read(response);

    protected override ReadOnlyMemory<byte> WriteDocument(
        JsonNode tree,
        Shape shape,
        BodyKind kind,
        Operation? operation
    ) => JsonTreeWriter.Body(tree, shape);

    protected override JsonNode? ReadDocument(ReadOnlyMemory<byte> body, Shape shape, Operation? operation) =>
        JsonTreeReader.ReadValue(body.Span, shape, shape.Kind);

    protected override ReadOnlyMemory<byte>? EmptyDocument(Shape shape, BodyKind kind, Operation? operation) =>
        shape is { Kind: ShapeKind.Structure, Union: false } ? "{}"u8.ToArray() : null;

    protected override IHeaderDictionary Headers(string requestId) =>
        new HeaderDictionary { ["x-amzn-RequestId"] = requestId };
}
