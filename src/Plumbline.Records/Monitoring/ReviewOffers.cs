using Plumbline.Records.GroundTruth;
using Plumbline.Records.Inputs;
using Plumbline.Records.Project;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// Rows of a monitor run that people may review, and a sample of contents. Both keep whole lines of capture files, so
/// each has a limit.
/// </summary>
public sealed class ReviewOffers
{
    /// <summary>The longest line of a sampled content: 200 of them must fit into memory.</summary>
    private const int LongestSampled = 1024 * 1024;

    private readonly ProjectDescription project;
    private readonly string endpoint;
    private readonly LabelNames labels;
    private readonly ReviewQueue audit;
    private readonly ReviewQueue uncertain;
    private readonly ReviewQueue? inputs;

    internal ReviewOffers(ProjectDescription project, string endpoint, LabelNames labels)
    {
        this.project = project;
        this.endpoint = endpoint;
        this.labels = labels;
        audit = new ReviewQueue(project.Review.Queue);
        uncertain = new ReviewQueue(project.Review.Queue);
        inputs = project.Data.IsContent() ? new ReviewQueue(InputSample.Most) : null;
    }

    /// <summary>The audit-sample rows to review, in random order: the first few rows are a random sample too.</summary>
    public IReadOnlyList<ReviewItem> AuditQueue(int most = int.MaxValue) => Items(audit, ReviewList.Audit, most);

    /// <summary>The other rows to review, least certain first; never members of the audit sample.</summary>
    public IReadOnlyList<ReviewItem> UncertainQueue(int most = int.MaxValue) =>
        Items(uncertain, ReviewList.Uncertain, most);

    /// <summary>A random sample of the contents in the window, with their answers; empty for tables.</summary>
    public IEnumerable<CapturedPrediction> SampledInputs() =>
        (inputs?.Take() ?? []).SelectMany(one => CapturedPrediction.OfLine(one.Line, labels));

    /// <summary>Offers a capture to the sample of contents.</summary>
    internal void Sample(ReadOnlySpan<byte> id, ReadOnlySpan<byte> line)
    {
        if (line.Length <= LongestSampled)
            inputs?.Offer(AuditSample.Position(AuditSample.Hash(id)), line, 0);
    }

    /// <summary>Offers a row without a label to its list.</summary>
    internal void Offer(in LabelTable.Key key, in Answer answer, ReadOnlySpan<byte> line, int row, bool member)
    {
        if (!answer.IsReadable || project.Monitor.LabelsAreComplete())
            return;
        if (member)
            audit.Offer(key.Position, line, row);
        else if (!float.IsNaN(answer.Margin))
            uncertain.Offer(answer.Margin, line, row);
    }

    private List<ReviewItem> Items(ReviewQueue queue, ReviewList list, int most)
    {
        var items = new List<ReviewItem>();
        var seen = new HashSet<string>();
        foreach (var (line, row) in queue.Take())
        {
            if (items.Count >= most)
                break;
            var rows = CapturedPrediction.OfLine(line, labels);
            if (row < rows.Count && seen.Add(rows[row].JoinKey))
                items.Add(rows[row].ToReviewItem(endpoint, list));
        }
        return items;
    }
}
