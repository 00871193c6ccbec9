using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plumbline.Aws.Signing;

/// <summary>The text that signer and verifier both derive from a request, and the string to sign.</summary>
internal static class CanonicalRequest
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    public static ReadOnlySpan<byte> Write(
        string method,
        string canonicalPath,
        string canonicalQuery,
        IHeaderDictionary headers,
        ReadOnlySpan<string> signedHeaders,
        string payloadHash
    )
    {
        var buffer = Start();
        Line(buffer, method);
        Line(buffer, canonicalPath);
        Line(buffer, canonicalQuery);
        foreach (var name in signedHeaders)
        {
            Text(buffer, name);
            Text(buffer, ":");
            Values(buffer, headers, name);
        }

        Text(buffer, "\n");
        for (var i = 0; i < signedHeaders.Length; i++)
        {
            Text(buffer, i == 0 ? "" : ";");
            Text(buffer, signedHeaders[i]);
        }

        Text(buffer, "\n");
        Text(buffer, payloadHash);
        return buffer.WrittenSpan;
    }

    public static ReadOnlySpan<byte> StringToSign(string time, string scope, ReadOnlySpan<byte> canonicalRequest)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalRequest, hash);
        var buffer = Start();
        Line(buffer, "AWS4-HMAC-SHA256");
        Line(buffer, time);
        Line(buffer, scope);
        Text(buffer, Convert.ToHexStringLower(hash));
        return buffer.WrittenSpan;
    }

    /// <summary>Returns this thread's buffer and discards its previous content.</summary>
    private static ArrayBufferWriter<byte> Start()
    {
        var buffer = scratch ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        return buffer;
    }

    private static void Values(ArrayBufferWriter<byte> buffer, IHeaderDictionary headers, string name)
    {
        var values = headers[name];
        for (var i = 0; i < values.Count; i++)
        {
            Text(buffer, i == 0 ? "" : ",");
            var value = (values[i] ?? "").AsSpan().Trim();
            if (value.IndexOf("  ") < 0)
            {
                Text(buffer, value);
            }
            else
            {
                Text(buffer, string.Join(' ', value.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        Text(buffer, "\n");
    }

    private static void Line(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> text)
    {
        Text(buffer, text);
        Text(buffer, "\n");
    }

    private static void Text(ArrayBufferWriter<byte> buffer, ReadOnlySpan<char> text) =>
        Encoding.UTF8.GetBytes(text, buffer);
}
