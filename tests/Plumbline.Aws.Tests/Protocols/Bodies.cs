using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Protocols.Rest;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>Golden bodies and ours, compared by what they say.</summary>
internal static class Bodies
{
    public static void ShouldMean(ReadOnlyMemory<byte> ours, string golden, string file)
    {
        var text = Encoding.UTF8.GetString(ours.Span);
        Meaning(text, file).ShouldBe(Meaning(golden, file));
    }

    public static WireResponse Response(ProtocolCase golden)
    {
        var response = golden.Json["response"]!.AsObject();
        var headers = new HeaderDictionary();
        foreach (var (name, value) in response.Object("headers") ?? [])
        {
            headers[name] = (string?)value;
        }

        return new WireResponse(
            (int)response["status_code"]!,
            headers,
            Encoding.UTF8.GetBytes(response.Text("body") ?? "")
        );
    }

    private static string Meaning(string body, string file)
    {
        var trimmed = body.Trim();
        if (trimmed.Length == 0)
        {
            return "";
        }

        if (file == "query" && !trimmed.StartsWith('<'))
        {
            return string.Join(
                '&',
                trimmed
                    .Split('&')
                    .Select(pair => pair.Replace("+", "%20", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            );
        }

        return trimmed[0] == '<' ? Trees.CanonicalXml(trimmed)
            : trimmed[0] is '{' or '[' or '"' || char.IsDigit(trimmed[0]) ? Trees.Canonical(JsonNode.Parse(trimmed))
            : body;
    }
}
