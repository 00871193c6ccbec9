using System.Globalization;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests;

/// <summary>Records whose details do not matter to a test.</summary>
internal static class SampleRecords
{
    public static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static ProjectDescription Project(DataDescription? data = null) =>
        new()
        {
            Name = "pets",
            Data = data ?? new DataDescription(),
            Labels = ["cat", "dog"],
        };

    /// <param name="order">The place in the order of corrections.</param>
    public static Correction Correction(
        int order,
        string features,
        string label = "cat",
        ReviewList list = ReviewList.Audit,
        string? joinKey = null,
        string? splitKey = null
    ) =>
        new()
        {
            Id = Id(order),
            JoinKey = joinKey ?? $"request-{order}",
            InferenceTime = Time,
            Endpoint = "pets",
            Features = features,
            Predicted = "cat",
            Label = label,
            List = list,
            Reviewer = "arn:aws:sts::000000000000:assumed-role/reviewer/ann",
            Time = Time.AddSeconds(order),
            SplitKey = splitKey,
        };

    /// <summary>A capture line with a JSON answer.</summary>
    public static string Capture(
        string? inferenceId,
        string input,
        string output,
        string time = "2026-03-01T12:00:00Z"
    ) => CaptureLines.Line(inferenceId, input, output, time, "event-1");

    public static Guid Id(int order) =>
        Guid.Parse("019500000000" + order.ToString("x20", CultureInfo.InvariantCulture));
}
