using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Records.GroundTruth;

/// <summary>
/// Labels that systems deliver, on their way to become corrections: first all lines of all files, then captures, newest
/// file first, until none is open.
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

    /// <param name="project">Labels and audit share.</param>
    /// <param name="endpoint">The endpoint whose captures they are about.</param>
    /// <param name="said">What counts now, by join key: what says the same again is not taken again.</param>
    public DeliveredLabels(ProjectDescription project, string endpoint, Dictionary<string, Said> said)
    {
        (this.project, this.endpoint, this.said) = (project, endpoint, said);
        labels = new LabelNames(project);
        rows = new CaptureRows(labels);
        look = (joinKey, _, _, in _) => hit |= open.ContainsKey(LabelTable.Key.Of(joinKey));
    }

    /// <summary>Labels whose prediction was not found yet.</summary>
    public bool IsOpen => open.Count > 0;

    /// <summary>Takes a line of a file. Files come in the order in which they were written.</summary>
    /// <param name="line">Without its line break.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="file">Gets what became of it.</param>
    /// <param name="uri">The file's URI: who said it.</param>
    /// <param name="time">When the label was given.</param>
    public void Add(ReadOnlySpan<byte> line, long number, DeliveredFile file, string uri, DateTimeOffset time)
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

        var index = labels.IndexOf(truth.Label);
        if (index < 0)
        {
            file.Unknown++;
            return;
        }

        var (joinKey, label) = (Encoding.UTF8.GetString(truth.Key), project.Labels[index]);
        if (said.TryGetValue(joinKey, out var before) && project.LabelOf(before.Label) == label && before.Asked)
        {
            file.Known++;
            return;
        }

        said[joinKey] = new Said(label, Asked: true);
        var key = LabelTable.Key.Of(truth.Key);
        if (!open.TryGetValue(key, out var all))
            open[key] = all = [];
        all.Add(new Delivered(file, uri, joinKey, label, time));
        file.Unmatched++;
    }

    /// <summary>Takes a line of a capture file, and gives the corrections that it makes.</summary>
    public IReadOnlyList<Correction> Match(ReadOnlySpan<byte> line)
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
        // Nobody picked it because it looked wrong: a member of the audit sample measures.
        var list = AuditSample.Contains(one.JoinKey, project.Monitor.AuditShare)
            ? ReviewList.Audit
            : ReviewList.Delivered;
        return prediction.ToReviewItem(endpoint, list).Answer(one.Label, one.Uri, one.Time) with { Id = IdOf(one) };
    }

    /// <summary>A UUIDv7 that follows from what was said: taken in twice, it is the same correction.</summary>
    private static Guid IdOf(Delivered one)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{one.Uri}\n{one.JoinKey}\n{one.Label}")).AsSpan(0, 16);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, one.Time.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private sealed record Delivered(DeliveredFile File, string Uri, string JoinKey, string Label, DateTimeOffset Time);
}

/// <summary>The label of a prediction that counts now.</summary>
/// <param name="Label">The latest label.</param>
/// <param name="Asked">Whether any answer came without being volunteered: only such ones measure.</param>
public sealed record Said(string Label, bool Asked);
