using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols.Xml;

/// <summary>Reads and writes errors of the XML protocols.</summary>
internal static class XmlErrors
{
    /// <summary>
    /// Writes an error's members except code and message: those of its shape, or without a shape all simple ones.
    /// </summary>
    public static void WriteMembers(XmlWriter writer, Shape? shape, JsonObject? members)
    {
        foreach (var (name, value) in members ?? [])
        {
            if (value is null || name is "Code" or "Message" or "message")
            {
                continue;
            }

            if (shape is not null && shape.Members.TryGetValue(name, out var member))
            {
                if (member.Location is null)
                {
                    XmlTreeWriter.Element(writer, member.LocationName ?? name, value, member);
                }
            }
            else if (value is JsonValue)
            {
                writer.WriteElementString(name, Tree.Text(value) ?? value.ToJsonString());
            }
        }
    }

    /// <summary>Reads <c>Error</c>, alone as S3 sends it or inside <c>ErrorResponse</c>.</summary>
    public static AwsException Read(WireResponse response)
    {
        var root = Root(response);
        var error = root?.Name.LocalName == "Error" ? root : Child(root, "Error");
        var members = new JsonObject();
        foreach (var element in error?.Elements().Where(element => !element.HasElements) ?? [])
        {
            members[element.Name.LocalName] = element.Value;
        }

        return new AwsException(
            members.Text("Code") is { Length: > 0 } code ? code : $"{response.Status}",
            response.Status,
            members.Text("Message") ?? members.Text("message") ?? ""
        )
        {
            RequestId =
                Child(root, "RequestId")?.Value
                ?? (response.Headers.TryGetValue("x-amz-request-id", out var id) ? id.ToString() : null),
            Members = members.Count > 0 ? members : null,
        };
    }

    private static XElement? Child(XElement? parent, string name) =>
        parent?.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private static XElement? Root(WireResponse response)
    {
        if (response.Body.IsEmpty)
        {
            return null;
        }

        try
        {
            using var reader = XmlTreeReader.Open(response.Body);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null; // a proxy may answer something other than XML
        }
    }
}
