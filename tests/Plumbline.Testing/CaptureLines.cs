using Plumbline.Aws.Formats;

namespace Plumbline.Testing;

/// <summary>Makes lines of capture files, like those of an endpoint.</summary>
public static class CaptureLines
{
    /// <summary>A request in CSV and its answer, which is JSON by default.</summary>
    /// <param name="inferenceId">The id that the caller gave; null without one.</param>
    /// <param name="eventId">The endpoint's own id; null draws one.</param>
    /// <param name="encoding">The encoding of the answer in the line.</param>
    /// <param name="type">The content type of the answer.</param>
    /// <param name="requestType">The content type of the request.</param>
    /// <param name="requestEncoding">The encoding of the request in the line.</param>
    public static string Line(
        string? inferenceId,
        string input,
        string output,
        string time = "2026-03-01T12:00:00Z",
        string? eventId = null,
        string encoding = "JSON",
        string type = "application/json",
        string requestType = "text/csv",
        string requestEncoding = "CSV"
    ) =>
        new CaptureRecord
        {
            CaptureData = new CaptureData
            {
                EndpointInput = Body(requestType, "INPUT", input, requestEncoding),
                EndpointOutput = Body(type, "OUTPUT", output, encoding),
            },
            EventMetadata = new CaptureEventMetadata
            {
                EventId = eventId ?? Guid.NewGuid().ToString(),
                InferenceId = inferenceId,
                InferenceTime = time,
            },
        }.ToLine();

    private static CapturedBody Body(string type, string mode, string data, string encoding) =>
        new()
        {
            ObservedContentType = type,
            Mode = mode,
            Data = data,
            Encoding = encoding,
        };
}
