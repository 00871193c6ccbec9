using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Monitoring;

/// <summary>Joins captures with the labels that came for them.</summary>
public abstract class JoinRuns
{
    private protected static readonly DateTimeOffset At = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private protected readonly List<string> labels = [];
    private protected readonly List<string> captures = [];
    private protected readonly List<Correction> corrections = [];

    private protected ProjectDescription project = SampleRecords.Project() with
    {
        Labels = ["cat", "dog", "bird"],
        Monitor = new MonitorDescription { AuditShare = 1, MinimumLabels = 3 },
    };

    private protected (QualityJoin Join, MonitorReport Report) Run()
    {
        var window = MonitorWindow.Of(project.Monitor, At);
        var join = new QualityJoin(project, "pets", window);
        foreach (var line in labels)
            join.AddLabel(Encoding.UTF8.GetBytes(line));
        foreach (var correction in corrections)
            join.AddCorrection(Encoding.UTF8.GetBytes(CorrectionLog.ToLine(correction)));
        foreach (var line in captures)
            join.AddCapture(Encoding.UTF8.GetBytes(line));
        join.Finish();
        return (join, MonitorReport.Of(project, "pets", window, join.Counts, join.Figure()));
    }

    private protected void Label(string key, string label) =>
        labels.Add(new GroundTruthRecord { EventId = key, Data = label }.ToLine());

    private protected void Capture(
        string? inferenceId,
        string label,
        string? eventId = null,
        string time = "2026-03-01T12:00:00Z"
    ) =>
        captures.Add(
            Line(
                inferenceId,
                "1,2",
                $"{{\"predictions\":[{{\"label\":\"{label}\",\"score\":0.9}}]}}",
                time: time,
                eventId: eventId
            )
        );

    private protected void Add(string inferenceId, string input, string output) =>
        captures.Add(Line(inferenceId, input, output));

    private protected static string Line(
        string? inferenceId,
        string input,
        string output,
        string encoding = "JSON",
        string type = "application/json",
        string time = "2026-03-01T12:00:00Z",
        string? eventId = null
    ) => CaptureLines.Line(inferenceId, input, output, time, eventId, encoding, type);
}
