using System.Formats.Cbor;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Protocols.Cbor;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Compares golden messages with ours by their meaning.</summary>
internal static class Bodies
{
    /// <summary>Headers that the HTTP stack writes, not the codec.</summary>
    public static readonly HashSet<string> TransportHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Length",
    };

    // In JSON and CBOR, an empty body and an empty structure mean the same.
    private const string Nothing = "{}";

    public static void ShouldMean(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> golden, string file) =>
        Meaning(ours, file).ShouldBe(Meaning(golden, file));

    /// <summary>The bytes of a body in a golden file, where CBOR is base64.</summary>
    public static byte[] Bytes(ProtocolCase golden, string body) =>
        golden.IsCbor ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body);

    public static WireResponse Response(ProtocolCase golden)
    {
        var response = golden.Json["response"]!.AsObject();
        return new WireResponse(
            (int)response["status_code"]!,
            Headers(response),
            Bytes(golden, response.Text("body") ?? "")
        );
    }

    public static WireRequest Request(ProtocolCase golden)
    {
        var serialized = golden.Json["serialized"]!.AsObject();
        var uri = serialized.Text("uri")![golden.BasePath.Length..].Split('?', 2);
        return new WireRequest(
            serialized.Text("method")!,
            uri[0],
            uri.Length > 1 ? uri[1] : "",
            Headers(serialized),
            Bytes(golden, serialized.Text("body") ?? "")
        );
    }

    public static string HeaderText(IHeaderDictionary headers, string name)
    {
        var value = headers[name].ToString();
        return name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? value.Split(';')[0] : value;
    }

    private static HeaderDictionary Headers(JsonObject message)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in message.Object("headers") ?? [])
        {
            headers[name] = (string?)value;
        }

        return headers;
    }

    private static string Meaning(ReadOnlyMemory<byte> bytes, string file)
    {
        if (file.StartsWith("smithy-rpc-v2-cbor", StringComparison.Ordinal))
        {
            return bytes.IsEmpty ? Nothing : CborText.Of(new CborReader(bytes, CborConformanceMode.Lax));
        }

        var body = Encoding.UTF8.GetString(bytes.Span);
        var trimmed = body.Trim();
        if (trimmed.Length == 0)
        {
            return Nothing;
        }

        if (file == "query" && !trimmed.StartsWith('<'))
        {
            var pairs = trimmed.Split('&').Select(pair => pair.Replace("+", "%20", StringComparison.Ordinal));
            return string.Join('&', pairs.Order(StringComparer.Ordinal));
        }

        return trimmed[0] == '<' ? Trees.CanonicalXml(trimmed)
            : trimmed[0] is '{' or '[' or '"' || char.IsDigit(trimmed[0]) ? Trees.Canonical(JsonNode.Parse(trimmed))
            : body;
    }
}
