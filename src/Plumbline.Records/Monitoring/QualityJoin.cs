using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// Joins captured predictions with ground truth, line by line: first all labels and corrections, then all captures.
/// Only labels of the audit sample are measured; rows without a review go to the review lists. This is the hot path of
/// a monitor run: a line of the usual layout allocates nothing. Its methods are optimized from the first call, because
/// a million lines are over before the runtime would optimize them.
/// </summary>
public sealed class QualityJoin
{
    /// <summary>
    /// Bytes of a line with a UUID as its key. A too low estimate of the labels costs only a little time.
    /// </summary>
    private const int ShortestLabelLine = 135;

    private readonly ProjectDescription project;
    private readonly LabelNames labels;
    private readonly CaptureRows lines;
    private readonly LabelTable table = new();
    private readonly HashSet<LabelTable.Key> reviewed = [];
    private readonly HashSet<LabelTable.Key> uncertainAnswers = [];
    private readonly JudgedLabels judged;
    private readonly ReviewOffers offers;
    private readonly byte[] from;
    private readonly byte[] to;
    private readonly byte[] at;

    /// <summary>False if labels of measured rows come too late for any figure, and only as many as needed are asked for.</summary>
    private readonly bool offersMeasured;

    /// <param name="project">Gives labels, audit share and length of the review lists.</param>
    /// <param name="endpoint">Written into the review lists.</param>
    /// <param name="window">The times to measure, and to offer for review.</param>
    public QualityJoin(ProjectDescription project, string endpoint, MonitorWindow window)
    {
        if (project.Labels.Count > LabelTable.MostClasses)
            throw new UserError(
                "plumbline.yaml",
                $"labels: more than {LabelTable.MostClasses} classes cannot be monitored"
            );
        this.project = project;
        labels = new LabelNames(project);
        judged = new JudgedLabels(project);
        offersMeasured = project.Monitor.Precision is null || project.Monitor.LabelDelay == TimeSpan.Zero;
        lines = new CaptureRows(labels, keep: judged.NeedsProbabilities);
        offers = new ReviewOffers(project, endpoint, labels);
        (from, to, at) = (
            MonitorWindow.Text(window.From),
            MonitorWindow.Text(window.To),
            MonitorWindow.Text(window.At)
        );
    }

    /// <summary>The current counts; complete after the last capture.</summary>
    public JoinCounts Counts { get; } = new();

    /// <summary>Reserves memory by the total size of the ground-truth files in bytes.</summary>
    public void ExpectLabels(long bytes) => table.Expect(bytes / ShortestLabelLine);

    /// <summary>The file of the next lines, for reports about unreadable ones.</summary>
    public string Place { get; set; } = "";

    /// <summary>The number of the next line in its file, from 1; 0 if unknown.</summary>
    public long Line { get; set; }

    /// <summary>
    /// Takes a line of a ground-truth file. Files must come in the order in which they were written, because the last
    /// label counts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddLabel(ReadOnlySpan<byte> line)
    {
        try
        {
            var truth = GroundTruthLine.Parse(line);
            var key = LabelTable.Key.Of(truth.Key);
            var label =
                !labels.AreNumbers && labels.Json is null ? labels.IndexOf(truth.Label)
                : judged.TryKeep(key, truth.Label) ? 0
                : -1;
            if (label < 0)
                Counts.UnknownLabels++;
            else
                table.Set(key, label);
        }
        catch (JsonException broken)
        {
            SetAside($"is not ground truth: {RecordJson.ReasonOf(broken)}");
        }
    }

    /// <summary>
    /// Takes a line of a corrections file, for the list that showed the row. A label that was only volunteered does not
    /// count, because people volunteer predictions that look wrong. Neither does one from the list of uncertain rows, if
    /// its row is in the audit sample since the sample's share has grown.
    /// </summary>
    public void AddCorrection(ReadOnlySpan<byte> line)
    {
        if (!CorrectionLog.TryParse(Encoding.UTF8.GetString(line), out var correction, out var problem))
        {
            SetAside(problem);
            return;
        }
        var key = LabelTable.Key.Of(Encoding.UTF8.GetBytes(correction.JoinKey));
        if (correction.List is not (ReviewList.Volunteered or ReviewList.Uncertain))
            reviewed.Add(key);
        if (correction.List == ReviewList.Uncertain)
            uncertainAnswers.Add(key);
        table.SetVolunteered(key, !reviewed.Contains(key));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddCapture(ReadOnlySpan<byte> line)
    {
        try
        {
            var capture = CaptureLine.Parse(line);
            if (capture.InferenceTime.Length < from.Length)
            {
                SetAside("is not a capture: it has no eventMetadata.inferenceTime");
                return;
            }
            var time = capture.InferenceTime[..from.Length];
            if (time.SequenceCompareTo(from) < 0 || time.SequenceCompareTo(at) >= 0)
                return;
            if (JoinKey.IsProbe(capture.InferenceId))
                return;
            offers.Sample(capture.Id, line);
            Add(capture, line, measured: time.SequenceCompareTo(to) < 0);
        }
        catch (JsonException broken)
        {
            SetAside($"is not a capture: {RecordJson.ReasonOf(broken)}");
        }
    }

    /// <summary>
    /// The project's metric over the counted audit labels, after <see cref="Finish"/>; null if it is not defined for
    /// them.
    /// </summary>
    public Figure? Figure() => judged.Figure();

    /// <summary>In <c>task: custom</c>, the answers whose losses <see cref="SetLosses"/> needs.</summary>
    public IReadOnlyList<AnsweredTruth> Unscored => judged.Unscored;

    /// <summary>Takes the loss of each of <see cref="Unscored"/>, before <see cref="Figure"/>.</summary>
    public void SetLosses(IReadOnlyList<double> losses) => judged.SetLosses(losses);

    /// <summary>AWS's statistics of the counted audit labels, after <see cref="Finish"/>.</summary>
    public JsonObject Statistics(MonitorWindow window) => judged.Statistics(window);

    /// <summary>Returns the actual and predicted classes of the counted audit labels.</summary>
    public (ConfusionMatrix Matrix, IReadOnlyList<(bool Positive, double Score)> Scores) Finish()
    {
        Counts.Labels = table.Labels;
        Counts.LabelsOutside = table.Labels - table.MatchedLabels;
        return (judged.Matrix, judged.Scores);
    }

    /// <summary>The rows to review and the sampled contents; complete after the last capture.</summary>
    public ReviewOffers Offers => offers;

    /// <summary>Counts an unreadable line, at <see cref="Place"/> and <see cref="Line"/>.</summary>
    public void SetAside(string problem) => Counts.SetAside.Add(Place, Line, problem);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(in CaptureLine capture, ReadOnlySpan<byte> line, bool measured)
    {
        if (measured && TryLabelled(capture))
            return;
        var rows = lines.Answers(capture);
        if (measured)
        {
            Counts.Captures += Math.Max(1, rows.Length);
            if (capture.InferenceId.IsEmpty)
                Counts.WithoutInferenceId += Math.Max(1, rows.Length);
            if (capture.Id.IsEmpty)
                Counts.WithoutKey += Math.Max(1, rows.Length);
            if (rows.IsEmpty)
                Counts.Unreadable++;
        }
        if (capture.Id.IsEmpty || rows.IsEmpty)
            return;
        var key = lines.Key(capture.Id, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            Add(LabelTable.Key.Of(key.OfRow(row)), rows[row], line, row, measured);
    }

    /// <summary>
    /// Handles the usual row, in our own form and with a label; of its answer, only the class is needed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryLabelled(in CaptureLine capture)
    {
        if (
            capture.Id.IsEmpty
            || labels.Count == 2
            || labels.AreNumbers
            || labels.Json is not null
            || judged.NeedsProbabilities
        )
            return false;
        var key = LabelTable.Key.Of(lines.Key(capture.Id, 1).OfRow(0));
        table.Prefetch(key);
        var name = capture.SingleLabel();
        if (name.IsEmpty || !table.Has(key))
            return false;
        Counts.Captures++;
        if (capture.InferenceId.IsEmpty)
            Counts.WithoutInferenceId++;
        var answer = new Answer(labels.IndexOf(name), float.NaN, float.NaN, float.NaN);
        Add(key, answer, default, 0, measured: true);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(in LabelTable.Key key, in Answer answer, ReadOnlySpan<byte> line, int row, bool measured)
    {
        var member = key.Position < project.Monitor.AuditShare;
        if (!measured)
        {
            if (!table.Has(key))
                offers.Offer(key, answer, line, row, member);
            else if (member)
                Counts.LaterAuditLabels++;
            else if (uncertainAnswers.Contains(key))
                Counts.LaterUncertainLabels++;
            return;
        }
        var label = table.Match(key, out var volunteered, out var again);
        if (again)
        {
            Counts.Repeated++;
            return;
        }
        Counts.Audit += member ? 1 : 0;
        Counts.Matched += label >= 0 ? 1 : 0;
        Counts.Unreadable += answer.IsReadable ? 0 : 1;
        if (label < 0 || (member && volunteered))
        {
            Counts.AuditVolunteered += label >= 0 ? 1 : 0;
            if (offersMeasured)
                offers.Offer(key, answer, line, row, member);
        }
        else if (!member)
        {
            Counts.UncertainLabels += uncertainAnswers.Contains(key) ? 1 : 0;
        }
        else if (answer.IsReadable)
        {
            Counts.AuditLabels++;
            if (labels.Json is null)
                judged.Add(key, label, answer, judged.NeedsProbabilities ? lines.Probabilities(row) : null);
            else
                judged.AddJson(key, Encoding.UTF8.GetString(CaptureLine.Parse(line).Id), lines.Word(row)!);
        }
    }
}
