using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>One operation of a service, as AWS's model describes it.</summary>
public sealed class Operation
{
    internal Operation(ServiceModel service, JsonElement definition, ShapeTable shapes)
    {
        Service = service;
        Name = definition.GetProperty("name").GetString()!;
        var http = definition.TryGetProperty("http", out var declared) ? declared : default;
        HttpMethod = Text(http, "method") ?? "POST";
        RequestUri = Text(http, "requestUri") ?? "/";
        ResponseCode =
            http.ValueKind == JsonValueKind.Object && http.TryGetProperty("responseCode", out var code)
                ? code.GetInt32()
                : 200;
        Input = Part(definition, "input", shapes);
        Output = Part(definition, "output", shapes);
        Errors = definition.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(shapes.Resolve)]
            : [];
        AuthType = Text(definition, "authtype");
        HostPrefix = definition.TryGetProperty("endpoint", out var endpoint) ? Text(endpoint, "hostPrefix") : null;
        UnwrappedXmlOutput =
            definition.TryGetProperty("s3UnwrappedXmlOutput", out var unwrapped)
            && unwrapped.ValueKind == JsonValueKind.True;
        ChecksumRequired =
            definition.TryGetProperty("httpChecksumRequired", out var required)
                && required.ValueKind == JsonValueKind.True
            || definition.TryGetProperty("httpChecksum", out var checksum)
                && checksum.TryGetProperty("requestChecksumRequired", out required)
                && required.ValueKind == JsonValueKind.True;
    }

    /// <summary>The service that the operation belongs to.</summary>
    public ServiceModel Service { get; }

    /// <summary>AWS's name, such as <c>CreateTrainingJob</c>.</summary>
    public string Name { get; }

    /// <summary>GET, PUT, POST, HEAD or DELETE.</summary>
    public string HttpMethod { get; }

    /// <summary>The path template with its fixed query, such as <c>/{Bucket}/{Key+}?uploads</c>.</summary>
    public string RequestUri { get; }

    /// <summary>The HTTP status of a success.</summary>
    public int ResponseCode { get; }

    /// <summary>The request's structure; null where the operation takes nothing.</summary>
    public Shape? Input { get; }

    /// <summary>The answer's structure; null where the operation answers nothing.</summary>
    public Shape? Output { get; }

    /// <summary>The errors that the operation declares.</summary>
    public IReadOnlyList<Shape> Errors { get; }

    /// <summary>"none" where the operation is not signed.</summary>
    public string? AuthType { get; }

    /// <summary>The text before the host name, with members in braces.</summary>
    public string? HostPrefix { get; }

    /// <summary>True where the request must carry a checksum of its body.</summary>
    public bool ChecksumRequired { get; }

    /// <summary>True where the answer's root element is its one member.</summary>
    public bool UnwrappedXmlOutput { get; }

    /// <summary>The input member whose bytes pass beside the tree.</summary>
    public string? StreamingInput => StreamingMember(Input);

    /// <summary>The output member whose bytes pass beside the tree.</summary>
    public string? StreamingOutput => StreamingMember(Output);

    private static string? StreamingMember(Shape? shape) =>
        shape?.Payload is { } payload && shape.Members[payload] is { Kind: ShapeKind.Blob, Streaming: true }
            ? payload
            : null;

    private static Shape? Part(JsonElement definition, string name, ShapeTable shapes) =>
        definition.TryGetProperty(name, out var reference) ? shapes.Resolve(reference) : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;
}
