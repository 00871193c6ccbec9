using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Aws.Formats;

/// <summary>
/// One line of a data capture file: a request to an endpoint and its answer. Files lie under
/// <c>{DestinationS3Uri}/{endpoint}/{variant}/yyyy/mm/dd/hh/</c>, by the UTC hour of inference.
/// Source: the SageMaker developer guide, model-monitor-data-capture.
/// </summary>
public sealed record CaptureRecord
{
    public required CaptureData CaptureData { get; init; }

    public required CaptureEventMetadata EventMetadata { get; init; }

    public string EventVersion { get; init; } = "0";

    /// <summary>The record as one line of JSON, without the line break.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, FormatJson.Options);

    /// <summary>The record as one line of JSON, without the line break.</summary>
    /// <exception cref="JsonException">The line is not a capture record.</exception>
    public static CaptureRecord Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<CaptureRecord>(line, FormatJson.Options) ?? throw new JsonException("null");

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static CaptureRecord Parse(string line) => Parse(Encoding.UTF8.GetBytes(line));
}

/// <summary>Request and answer; one of them is null if the configuration captures only the other.</summary>
public sealed record CaptureData
{
    public CapturedBody? EndpointInput { get; init; }

    public CapturedBody? EndpointOutput { get; init; }
}

public sealed record CapturedBody
{
    /// <summary>The Content-Type header, as sent.</summary>
    public string? ObservedContentType { get; init; }

    /// <summary><c>INPUT</c> or <c>OUTPUT</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>The body: text, or base64.</summary>
    public required string Data { get; init; }

    /// <summary>
    /// <c>CSV</c> or <c>JSON</c> if the content type is in the configuration's CaptureContentTypeHeader, else
    /// <c>BASE64</c>.
    /// </summary>
    public required string Encoding { get; init; }

    /// <summary>The body as text, decoded if it is base64.</summary>
    [JsonIgnore]
    public string Text => Encoding == "BASE64" ? System.Text.Encoding.UTF8.GetString(Bytes()) : Data;

    /// <summary>The body as it was sent.</summary>
    public byte[] Bytes() =>
        Encoding == "BASE64" ? Convert.FromBase64String(Data) : System.Text.Encoding.UTF8.GetBytes(Data);
}

/// <summary>The request's ids, and its time.</summary>
public sealed record CaptureEventMetadata
{
    /// <summary>A UUID that SageMaker makes.</summary>
    public required string EventId { get; init; }

    /// <summary>The caller's X-Amzn-SageMaker-Inference-Id, if it sent one.</summary>
    public string? InferenceId { get; init; }

    /// <summary>The caller's X-Amzn-SageMaker-Custom-Attributes, if it sent any.</summary>
    public IReadOnlyList<string>? CustomAttributes { get; init; }

    /// <summary>UTC, to the second, as <c>2022-02-14T17:25:06Z</c>.</summary>
    public required string InferenceTime { get; init; }
}
