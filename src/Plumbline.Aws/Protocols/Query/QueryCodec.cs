using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols.Rest;
using Plumbline.Aws.Protocols.Xml;

namespace Plumbline.Aws.Protocols.Query;

/// <summary>
/// awsQuery: a form with Action and Version, answered in XML. EC2's variant has another form of errors.
/// </summary>
internal sealed class QueryCodec(ServiceModel model, string protocol) : Codec(model)
{
    public override string Protocol => protocol;

    public override string? OperationName(WireRequest request) => Form(request).Get("Action");

    public override WireRequest WriteRequest(Operation operation, JsonObject input)
    {
        var parameters = new List<KeyValuePair<string, string>>
        {
            new("Action", operation.Name),
            new("Version", Model.ApiVersion),
        };
        if (operation.Input is { } shape)
        {
            QueryParameters.WriteMembers(parameters, "", input, shape);
        }

        var headers = new HeaderDictionary { ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8" };
        return new WireRequest("POST", "/", "", headers, Encoding.UTF8.GetBytes(QueryPairs.Write(parameters)))
        {
            HostPrefix = HostPrefixes.Expand(operation, input),
        };
    }

    public override JsonObject ReadRequest(Operation operation, WireRequest request)
    {
        try
        {
            return operation.Input is { } shape ? Form(request).Structure(shape) : [];
        }
        catch (AwsException error) when (error.Code == WireErrors.SerializationCode)
        {
            throw new AwsException("MalformedInput", 400, error.Message, error); // the Query services' word for it
        }
    }

    public override WireResponse WriteResponse(Operation operation, JsonObject output, string requestId)
    {
        var body = XmlTreeWriter.Document(writer =>
        {
            writer.WriteStartElement($"{operation.Name}Response", Model.XmlNamespace);
            if (operation.Output is { } shape)
            {
                writer.WriteStartElement(shape.ResultWrapper ?? $"{operation.Name}Result");
                XmlTreeWriter.Members(writer, output, shape);
                writer.WriteEndElement();
            }

            writer.WriteStartElement("ResponseMetadata");
            writer.WriteElementString("RequestId", requestId);
            writer.WriteEndElement();
            writer.WriteEndElement();
        });
        return new WireResponse(operation.ResponseCode, Headers(requestId), body);
    }

    public override JsonObject ReadResponse(Operation operation, WireResponse response)
    {
        if (operation.Output is not { } shape || response.Body.IsEmpty)
        {
            return [];
        }

        try
        {
            var result = shape.ResultWrapper ?? $"{operation.Name}Result";
            JsonObject? tree = null;
            using var reader = XmlTreeReader.Open(response.Body);
            XmlTreeReader.Children(
                reader,
                element =>
                {
                    if (element != result)
                    {
                        return false;
                    }

                    tree = (JsonObject)XmlTreeReader.Read(reader, shape);
                    return true;
                }
            );
            return tree ?? [];
        }
        catch (XmlException error)
        {
            throw WireErrors.MalformedXml(error);
        }
    }

    public override WireResponse WriteError(Operation? operation, AwsException error, string requestId)
    {
        var shape = ErrorShape(operation, error.Code) ?? AnyErrorShape(error.Code);
        var isEc2 = protocol == "ec2";
        var body = XmlTreeWriter.Document(writer =>
        {
            writer.WriteStartElement(isEc2 ? "Response" : "ErrorResponse", Model.XmlNamespace);
            if (isEc2)
            {
                writer.WriteStartElement("Errors");
            }

            writer.WriteStartElement("Error");
            if (!isEc2)
            {
                writer.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
            }

            writer.WriteElementString("Code", shape?.Error?.Code ?? error.Code);
            writer.WriteElementString("Message", error.Message);
            XmlErrors.WriteMembers(writer, shape, error.Members);
            writer.WriteEndElement();
            if (isEc2)
            {
                writer.WriteEndElement();
            }

            writer.WriteElementString(isEc2 ? "RequestID" : "RequestId", requestId);
            writer.WriteEndElement();
        });
        return new WireResponse(error.Status, Headers(requestId), body);
    }

    public override AwsException ReadError(WireResponse response) => XmlErrors.Read(response);

    /// <summary>Reads the parameters; like AWS, also from the query of a GET.</summary>
    private static QueryParameters Form(WireRequest request) =>
        QueryParameters.Parse(
            request.Body.IsEmpty
                ? request.Query
                : Encoding.UTF8.GetString(Compression.Decode(request).Span).TrimEnd('\r', '\n')
        );

    private static HeaderDictionary Headers(string requestId) =>
        new() { ["Content-Type"] = "text/xml", ["x-amzn-RequestId"] = requestId };
}
