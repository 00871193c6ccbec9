using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols.Rest;
using Plumbline.Aws.Protocols.Xml;

namespace Plumbline.Aws.Protocols.RestXml;

/// <summary>restXml, with S3's form of errors.</summary>
internal sealed class RestXmlCodec(ServiceModel model) : RestCodec(model)
{
    public override string Protocol => "rest-xml";

    protected override string ContentType => "application/xml";

    public override WireResponse WriteError(Operation? operation, AwsException error, string requestId)
    {
        var headers = Headers(requestId);
        foreach (var (name, value) in error.Headers ?? ReadOnlyDictionary<string, string>.Empty)
        {
            headers[name] = value;
        }

        if (operation?.HttpMethod == "HEAD")
        {
            return new WireResponse(error.Status, headers, default);
        }

        var shape = ErrorShape(operation, error.Code) ?? AnyErrorShape(error.Code);
        headers.ContentType = ContentType;
        if (shape is not null && error.Members is { } members)
        {
            HeaderBinding.Write(members, shape, headers);
        }

        var body = XmlTreeWriter.Document(writer =>
        {
            writer.WriteStartElement("Error");
            writer.WriteElementString("Code", shape?.Error?.Code ?? error.Code);
            writer.WriteElementString("Message", error.Message);
            XmlErrors.WriteMembers(writer, shape, error.Members);
            writer.WriteElementString("RequestId", requestId);
            writer.WriteElementString("HostId", HostId(requestId));
            writer.WriteEndElement();
        });
        return new WireResponse(error.Status, headers, body);
    }

    public override AwsException ReadError(WireResponse response) => XmlErrors.Read(response);

    public override JsonObject ReadRequest(Operation operation, WireRequest request)
    {
        if (!PercentEncoding.IsUtf8(request.Path))
        {
            throw new AwsException("InvalidURI", 400, "Couldn't parse the specified URI.");
        }

        try
        {
            return base.ReadRequest(operation, request);
        }
        catch (AwsException error) when (error.Code == WireErrors.SerializationCode)
        {
            throw new AwsException("InvalidArgument", 400, error.Message, error); // S3's word for it
        }
    }

    protected override ReadOnlyMemory<byte> WriteDocument(
        JsonNode tree,
        Shape shape,
        BodyKind kind,
        Operation? operation
    )
    {
        var space = Model.XmlNamespace;
        if (operation is not { UnwrappedXmlOutput: true })
        {
            return XmlTreeWriter.Document(writer =>
                XmlTreeWriter.Element(writer, RootName(shape, kind), tree, shape, space)
            );
        }

        var (name, member) = shape.Members.First();
        return tree[name] is { } value
            ? XmlTreeWriter.Document(writer => XmlTreeWriter.Element(writer, name, value, member, space))
            : XmlTreeWriter.Empty(name, space);
    }

    /// <summary>
    /// A payload's location name is its element's name only if it differs from the member's own name.
    /// </summary>
    private static string RootName(Shape shape, BodyKind kind) =>
        kind.Payload is null ? shape.DeclaredName ?? shape.LocationName ?? shape.Name
        : shape.LocationName is { } name && name != kind.Payload ? name
        : shape.DeclaredName ?? shape.Name;

    protected override JsonNode? ReadDocument(ReadOnlyMemory<byte> body, Shape shape, Operation? operation)
    {
        try
        {
            using var reader = XmlTreeReader.Open(body);
            if (operation is { UnwrappedXmlOutput: true })
            {
                var (name, member) = shape.Members.First();
                var value = XmlTreeReader.Read(reader, member);
                return Tree.Text(value) == "" ? new JsonObject() : new JsonObject { [name] = value };
            }

            return XmlTreeReader.Read(reader, shape);
        }
        catch (Exception error) when (error is XmlException or AwsException { Code: WireErrors.SerializationCode })
        {
            throw WireErrors.MalformedXml(error);
        }
    }

    protected override ReadOnlyMemory<byte>? EmptyDocument(Shape shape, BodyKind kind, Operation? operation) =>
        kind.IsRequest || kind.Payload is not null || shape.Members.Count == 0
            ? null
            : WriteDocument(new JsonObject(), shape, kind, operation);

    protected override IHeaderDictionary Headers(string requestId) =>
        new HeaderDictionary { ["x-amz-request-id"] = requestId, ["x-amz-id-2"] = HostId(requestId) };

    /// <summary>AWS's second id of an answer, which AWS's support asks for; here derived from the first.</summary>
    private static string HostId(string requestId) => Convert.ToBase64String(Encoding.UTF8.GetBytes(requestId));
}
