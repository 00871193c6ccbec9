using System.Text.Unicode;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;

/// <summary>The form in which a capture contains a body.</summary>
internal enum CaptureEncoding
{
    /// <summary>The bytes as base64: the endpoint's settings do not list the content type as CSV or JSON.</summary>
    Base64,

    Csv,

    Json,
}

/// <summary>AWS's DataCaptureConfig, parsed once and not for each invocation.</summary>
internal sealed class CaptureSettings
{
    private readonly int percentage;
    private readonly HashSet<string> csvTypes;
    private readonly HashSet<string> jsonTypes;

    private CaptureSettings(DataCaptureConfig config, S3Uri destination)
    {
        percentage = config.InitialSamplingPercentage;
        var modes = config.CaptureOptions.Select(option => option.CaptureMode).ToHashSet();
        Input = modes.Contains(CaptureMode.Input) || modes.Contains(CaptureMode.InputAndOutput);
        Output = modes.Contains(CaptureMode.Output) || modes.Contains(CaptureMode.InputAndOutput);
        var types = config.CaptureContentTypeHeader;
        csvTypes = new(types?.CsvContentTypes ?? [], StringComparer.OrdinalIgnoreCase);
        jsonTypes = new(types?.JsonContentTypes ?? [], StringComparer.OrdinalIgnoreCase);
        Bucket = destination.Bucket;
        Prefix = destination.Key.TrimEnd('/') is { Length: > 0 } prefix ? prefix + "/" : "";
    }

    /// <summary>True if requests are captured.</summary>
    public bool Input { get; }

    /// <summary>True if answers are captured.</summary>
    public bool Output { get; }

    /// <summary>The bucket that captures are stored in.</summary>
    public string Bucket { get; }

    /// <summary>The prefix of the captures' keys; empty, or ends with a slash.</summary>
    public string Prefix { get; }

    /// <summary>Returns the settings of a DataCaptureConfig, or null if it does not capture.</summary>
    public static CaptureSettings? Of(DataCaptureConfig? config) =>
        config is not null
        && (config.EnableCapture ?? true)
        && S3Uri.TryParse(config.DestinationS3Uri) is { } destination
            ? new CaptureSettings(config, destination)
            : null;

    /// <summary>Draws a random number. Returns true if this request is in the sample.</summary>
    public bool IsSampled() => percentage >= 100 || Random.Shared.Next(100) < percentage;

    /// <summary>Returns the encoding of a body: base64 if its type is not listed or it is not valid UTF-8.</summary>
    public CaptureEncoding EncodingOf(string? contentType, ReadOnlySpan<byte> body)
    {
        if (contentType is null)
        {
            return CaptureEncoding.Base64;
        }

        var named =
            IsNamed(csvTypes, contentType) ? CaptureEncoding.Csv
            : IsNamed(jsonTypes, contentType) ? CaptureEncoding.Json
            : CaptureEncoding.Base64;
        return named != CaptureEncoding.Base64 && Utf8.IsValid(body) ? named : CaptureEncoding.Base64;
    }

    private static bool IsNamed(HashSet<string> types, string contentType)
    {
        if (types.Contains(contentType))
        {
            return true;
        }

        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return end > 0 && types.GetAlternateLookup<ReadOnlySpan<char>>().Contains(contentType.AsSpan(0, end).TrimEnd());
    }
}
