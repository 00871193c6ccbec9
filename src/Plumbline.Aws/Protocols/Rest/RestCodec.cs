using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Rest;

/// <summary>
/// The common part of REST-JSON and REST-XML: path, query, headers, status, and the choice of the body's member.
/// </summary>
internal abstract class RestCodec(ServiceModel model) : Codec(model)
{
    private readonly RestRouter router = new(model);

    /// <summary>The Content-Type of a structured body.</summary>
    protected abstract string ContentType { get; }

    public override string? OperationName(WireRequest request) => router.Find(request);

    public override WireRequest WriteRequest(Operation operation, JsonObject input)
    {
        var template = UriTemplate.Of(operation);
        var headers = new HeaderDictionary();
        if (operation.Input is not { } shape)
        {
            return new WireRequest(
                operation.HttpMethod,
                template.Expand(_ => ""),
                QueryPairs.Write(template.FixedQuery),
                headers,
                default
            )
            {
                HostPrefix = operation.HostPrefix,
            };
        }

        HeaderBinding.Write(input, shape, headers);
        var path = template.Expand(label => Label(input, shape, label));
        var body = Body(input, shape, headers, isRequest: true);
        return new WireRequest(
            operation.HttpMethod,
            path,
            QueryPairs.Write(QueryBinding.Write(input, shape, template)),
            headers,
            body
        )
        {
            HostPrefix = HostPrefixes.Expand(operation, input),
        };
    }

    public override JsonObject ReadRequest(Operation operation, WireRequest request)
    {
        if (operation.Input is not { } shape)
        {
            return [];
        }

        var tree = new JsonObject();
        var labels = UriTemplate.Of(operation).Match(request.Path) ?? [];
        foreach (var (name, member) in shape.Members)
        {
            if (member.Location == "uri" && labels.TryGetValue(member.LocationName ?? name, out var text))
            {
                tree[name] = Scalars.Node(text, member);
            }
        }

        QueryBinding.Read(tree, shape, request.Query);
        HeaderBinding.Read(tree, shape, request.Headers);
        ReadBody(tree, shape, request.Body, request.Headers, operation.StreamingInput);
        return tree;
    }

    public override WireResponse WriteResponse(Operation operation, JsonObject output, string requestId)
    {
        var headers = Headers(requestId);
        if (operation.Output is not { } shape)
        {
            return new WireResponse(operation.ResponseCode, headers, default);
        }

        HeaderBinding.Write(output, shape, headers);
        var statusMember = shape.Members.FirstOrDefault(member => member.Value.Location == "statusCode").Key;
        var status = statusMember is null ? null : output.Int(statusMember);
        var body = operation.HttpMethod == "HEAD" ? default : Body(output, shape, headers, isRequest: false, operation);
        return new WireResponse(status ?? operation.ResponseCode, headers, body);
    }

    public override JsonObject ReadResponse(Operation operation, WireResponse response)
    {
        if (operation.Output is not { } shape)
        {
            return [];
        }

        var tree = new JsonObject();
        HeaderBinding.Read(tree, shape, response.Headers);
        foreach (var (name, member) in shape.Members)
        {
            if (member.Location == "statusCode")
            {
                tree[name] = response.Status;
            }
        }

        ReadBody(tree, shape, response.Body, response.Headers, operation.StreamingOutput, operation);
        return tree;
    }

    /// <summary>Writes a structured body, without the members that go into path, query or headers.</summary>
    protected abstract ReadOnlyMemory<byte> WriteDocument(
        JsonNode tree,
        Shape shape,
        BodyKind kind,
        Operation? operation
    );

    protected abstract JsonNode? ReadDocument(ReadOnlyMemory<byte> body, Shape shape, Operation? operation);

    /// <summary>The body of a structure whose body members all lack values; null for an empty body.</summary>
    protected abstract ReadOnlyMemory<byte>? EmptyDocument(Shape shape, BodyKind kind, Operation? operation);

    protected abstract IHeaderDictionary Headers(string requestId);

    private static string Label(JsonObject input, Shape shape, string label)
    {
        foreach (var (name, member) in shape.Members)
        {
            if (member.Location == "uri" && (member.LocationName ?? name) == label)
            {
                var value = input[name] is { } node ? Scalars.Text(node, member, "iso8601") : "";
                return value.Length > 0
                    ? value
                    : throw new AwsException(
                        "ValidationException",
                        400,
                        $"'{name}' is part of the path and must not be empty."
                    );
            }
        }

        return "";
    }

    private ReadOnlyMemory<byte> Body(
        JsonObject tree,
        Shape shape,
        IHeaderDictionary headers,
        bool isRequest,
        Operation? operation = null
    )
    {
        if (shape.Payload is { } payload)
        {
            var member = shape.Members[payload];
            if (member.Streaming || member.EventStream)
            {
                return default;
            }

            if (member.Kind is ShapeKind.Blob or ShapeKind.String)
            {
                return Raw(tree[payload], member, headers);
            }

            return Typed(
                tree[payload] is { } value
                    ? WriteDocument(value, member, new BodyKind(isRequest, payload), operation)
                    : EmptyDocument(member, new BodyKind(isRequest, payload), operation),
                headers
            );
        }

        var hasBodyMembers =
            shape.Members.Any(member => member.Value.Location is null) || (!isRequest && shape.Members.Count == 0);
        var hasValues = tree.Any(entry =>
            entry.Value is not null && shape.Members.TryGetValue(entry.Key, out var member) && member.Location is null
        );
        return hasValues ? Typed(WriteDocument(tree, shape, new BodyKind(isRequest, null), operation), headers)
            : hasBodyMembers ? Typed(EmptyDocument(shape, new BodyKind(isRequest, null), operation), headers)
            : default;
    }

    private ReadOnlyMemory<byte> Typed(ReadOnlyMemory<byte>? body, IHeaderDictionary headers)
    {
        if (body is { Length: > 0 } && headers.ContentType.Count == 0)
        {
            headers.ContentType = ContentType;
        }

        return body ?? default;
    }

    private static ReadOnlyMemory<byte> Raw(JsonNode? value, Shape member, IHeaderDictionary headers)
    {
        if (Tree.Text(value) is not { } text)
        {
            return default;
        }

        if (headers.ContentType.Count == 0)
        {
            headers.ContentType = member.Kind == ShapeKind.Blob ? "application/octet-stream" : "text/plain";
        }

        return member.Kind == ShapeKind.Blob ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
    }

    private void ReadBody(
        JsonObject tree,
        Shape shape,
        ReadOnlyMemory<byte> body,
        IHeaderDictionary headers,
        string? streaming,
        Operation? operation = null
    )
    {
        if (shape.Payload is { } payload)
        {
            var member = shape.Members[payload];
            var isThere = !body.IsEmpty || IsEmptyText(shape, payload, headers);
            var value =
                payload == streaming || member.EventStream || !isThere ? null
                : member.Kind == ShapeKind.Blob ? JsonValue.Create(Convert.ToBase64String(body.Span))
                : member.Kind == ShapeKind.String ? JsonValue.Create(Encoding.UTF8.GetString(body.Span))
                : ReadDocument(body, member, operation);
            if (value is not null)
            {
                tree[payload] = value;
            }
        }
        else if (!body.IsEmpty && ReadDocument(body, shape, operation) is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                members.Remove(name);
                tree[name] = value;
            }
        }
    }

    /// <summary>
    /// True if an empty body means an empty text or blob: the member is required, or a Content-Type was sent. Otherwise
    /// the member is absent.
    /// </summary>
    private static bool IsEmptyText(Shape shape, string payload, IHeaderDictionary headers) =>
        shape.Members[payload].Kind is ShapeKind.Blob or ShapeKind.String
        && (shape.Required.Contains(payload) || headers.ContentType.Count > 0);
}
