using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// Turns labels that systems deliver into corrections. It takes first all lines of all files, then captures, newest
/// file first, until every label has its prediction.
/// </summary>
public sealed class DeliveredLabels
{
    private readonly ProjectDescription project;
    private readonly string endpoint;
    private readonly Dictionary<string, Said> said;
    private readonly LabelNames labels;
    private readonly CaptureRows rows;
    private readonly CapturedRowHandler look;
    private readonly Dictionary<LabelTable.Key, List<Delivered>> open = [];
    private bool hit;

    /// <param name="project">Gives the labels and the audit share.</param>
    /// <param name="endpoint">The endpoint that made the captures.</param>
    /// <param name="said">The current label of each join key; a label that repeats it is not taken again.</param>
    public DeliveredLabels(ProjectDescription project, string endpoint, Dictionary<string, Said> said)
    {
        (this.project, this.endpoint, this.said) = (project, endpoint, said);
        labels = new LabelNames(project);
        rows = new CaptureRows(labels);
        look = (joinKey, _, _, in _) => hit |= open.ContainsKey(LabelTable.Key.Of(joinKey));
    }

    /// <summary>True while labels lack their predictions.</summary>
    public bool IsOpen => open.Count > 0;

    /// <summary>Takes a line of a file. Files must come in the order in which they were written.</summary>
    /// <param name="line">The line without its line break.</param>
    /// <param name="number">The line's number, from 1.</param>
    /// <param name="file">Gets the result for the line.</param>
    /// <param name="author">The file's URI, and who delivered it and why.</param>
    /// <param name="time">The time at which the label was given.</param>
    public void Add(
        ReadOnlySpan<byte> line,
        long number,
        DeliveredFile file,
        DeliveryAuthor author,
        DateTimeOffset time
    )
    {
        GroundTruthLine truth;
        try
        {
            truth = GroundTruthLine.Parse(line);
        }
        catch (JsonException broken)
        {
            file.SetAside.Add(file.Key, number, $"is not ground truth: {RecordJson.ReasonOf(broken)}");
            return;
        }

        if (LabelOf(truth.Label) is not { } label)
        {
            file.Unknown++;
            return;
        }

        var joinKey = Encoding.UTF8.GetString(truth.Key);
        if (said.TryGetValue(joinKey, out var before) && project.LabelOf(before.Label) == label && before.Asked)
        {
            file.Known++;
            return;
        }

        said[joinKey] = new Said(label, Asked: true);
        var key = LabelTable.Key.Of(truth.Key);
        if (!open.TryGetValue(key, out var all))
            open[key] = all = [];
        all.Add(new Delivered(file, author, joinKey, label, time));
        file.Unmatched++;
    }

    private string? LabelOf(ReadOnlySpan<byte> text) =>
        labels.AreNumbers ? project.LabelOf(Encoding.UTF8.GetString(text))
        : labels.IndexOf(text) is >= 0 and var index ? project.Labels[index]
        : null;

    /// <summary>Takes a line of a capture file, and returns the corrections that it completes.</summary>
    /// <param name="line">The line without its line break.</param>
    /// <param name="keep">Receives the content of each, if the examples are contents.</param>
    public IReadOnlyList<Correction> Match(ReadOnlySpan<byte> line, Action<CapturedContent>? keep = null)
    {
        hit = false;
        rows.Read(line, look);
        if (!hit)
            return [];
        var corrections = new List<Correction>();
        foreach (var prediction in CapturedPrediction.OfLine(line, labels))
        {
            if (!open.Remove(LabelTable.Key.Of(Encoding.UTF8.GetBytes(prediction.JoinKey)), out var all))
                continue;
            if (prediction.Content is { } content)
                keep?.Invoke(content);
            foreach (var one in all)
            {
                one.File.Unmatched--;
                one.File.Taken++;
                corrections.Add(CorrectionOf(one, prediction));
            }
        }

        return corrections;
    }

    private Correction CorrectionOf(Delivered one, CapturedPrediction prediction)
    {
        // Nobody picked the row because it looked wrong, so a member of the audit sample counts for the figure.
        var list = AuditSample.Contains(one.JoinKey, project.Monitor.AuditShare)
            ? ReviewList.Audit
            : ReviewList.Delivered;
        return prediction
            .ToReviewItem(endpoint, list)
            .Answer(one.Label, one.Author.Reviewer, one.Time, one.Author.Reason) with
        {
            Id = IdOf(one),
        };
    }

    /// <summary>A UUIDv7 made of the label's content: a label that is taken twice gives the same correction.</summary>
    private static Guid IdOf(Delivered one)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{one.Author.Uri}\n{one.JoinKey}\n{one.Label}")).AsSpan(0, 16);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, one.Time.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private sealed record Delivered(
        DeliveredFile File,
        DeliveryAuthor Author,
        string JoinKey,
        string Label,
        DateTimeOffset Time
    );
}

/// <summary>The current label of a prediction.</summary>
/// <param name="Label">The latest label.</param>
/// <param name="Asked">True if any answer was not volunteered; only such answers measure.</param>
public sealed record Said(string Label, bool Asked);
