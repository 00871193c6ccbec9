using Plumbline.Aws.Formats;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Loop.GroundTruth;

/// <summary>A person's answer about one prediction.</summary>
/// <param name="Item">The prediction.</param>
/// <param name="Label">The truth.</param>
public sealed record ReviewAnswer(ReviewItem Item, string Label);

/// <summary>
/// Records how people confirm or correct predictions. Their answers become ground truth in AWS's format, and a
/// correction log with person and time.
/// </summary>
public sealed class Reviews(LoopContext loop)
{
    /// <summary>
    /// The audit list: a random sample, fixed before anyone saw the answers, for an unbiased figure.
    /// </summary>
    public Task<IReadOnlyList<ReviewItem>> AuditListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(Layout.AuditQueue, cancellationToken);

    /// <summary>The list of the least certain predictions: labels for them make the next model better.</summary>
    public Task<IReadOnlyList<ReviewItem>> UncertainListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(Layout.UncertainQueue, cancellationToken);

    /// <summary>The lines of both lists that cannot be read.</summary>
    public async Task<SetAside> SetAsideAsync(CancellationToken cancellationToken = default)
    {
        var aside = new SetAside();
        await ListAsync(Layout.AuditQueue, cancellationToken, aside);
        await ListAsync(Layout.UncertainQueue, cancellationToken, aside);
        return aside;
    }

    /// <summary>Records answers; durable when this returns.</summary>
    /// <param name="answers">At least one.</param>
    /// <param name="reviewer">The reviewer; null for the caller.</param>
    /// <param name="reason">The reason, if given.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    /// <exception cref="UserError">A label is not one of the project's.</exception>
    public async Task<IReadOnlyList<Correction>> RecordAsync(
        IReadOnlyList<ReviewAnswer> answers,
        string? reviewer = null,
        string? reason = null,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var answer in answers)
        {
            Require(answer.Item.JoinKey, answer.Label);
        }

        var now = await loop.Clock.NowAsync(cancellationToken);
        var corrections = answers
            .Select(answer =>
                answer.Item.Answer(
                    loop.Project.LabelOf(answer.Label)!,
                    reviewer ?? loop.Actor,
                    loop.Clock.Next(),
                    reason
                )
            )
            .ToList();
        // The names of files sort in the order of the answers: so the monitor finds the last one.
        var id = corrections[^1].Id;
        // The contents before the corrections that refer to them.
        await new CorrectedContents(loop).StoreAsync(answers.Select(answer => answer.Item), cancellationToken);
        // The corrections first: ground truth follows from them, never the other way round.
        await loop.Bucket.PutTextAsync(
            Layout.CorrectionFile(now, id),
            Lines(corrections.Select(CorrectionLog.ToLine)),
            CancellationToken.None
        );
        await loop.Bucket.PutTextAsync(
            Layout.GroundTruthFile(now, id),
            Lines(corrections.Select(correction => correction.ToGroundTruth().ToLine())),
            CancellationToken.None
        );
        return corrections;
    }

    /// <exception cref="UserError">The label is not one of the project's.</exception>
    public void Require(string joinKey, string label)
    {
        if (loop.Project.LabelOf(label) is null)
        {
            var add = loop.Project.Review.NewLabels ? "; add it as a new label if it is one (--new-label)" : "";
            throw new UserError(joinKey, $"'{label}' is not {loop.Project.Truths()}{add}");
        }
    }

    /// <summary>True if people have to answer about a prediction before they see the model's answer.</summary>
    public static bool IsBlind(ProjectDescription project, string joinKey) =>
        project.Review.Blind && AuditSample.Contains(joinKey, project.Monitor.AuditShare);

    /// <summary>Records a person's answer about one prediction.</summary>
    /// <param name="joinKey">The prediction's key.</param>
    /// <param name="label">The truth.</param>
    /// <param name="list">
    /// The list it was taken from, <c>audit</c> or <c>uncertain</c>; null if the person picked it, which counts even if
    /// it is on a list.
    /// </param>
    /// <param name="reason">The reason, if given.</param>
    /// <param name="window">
    /// Where to search for a picked prediction; null for <see cref="CaptureWindow.Usual"/>.
    /// </param>
    /// <param name="isNew">Adds the label to the project's if it is not one of them.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    /// <exception cref="UserError">No prediction has the key, or the label is not one of the project's.</exception>
    public async Task<Correction> CorrectAsync(
        string joinKey,
        string label,
        string? list,
        string? reason,
        CaptureWindow? window = null,
        bool isNew = false,
        CancellationToken cancellationToken = default
    )
    {
        var item = list switch
        {
            "audit" => Queued(await AuditListAsync(cancellationToken), joinKey, list),
            "uncertain" => Queued(await UncertainListAsync(cancellationToken), joinKey, list),
            _ => await PickedAsync(joinKey, window ?? CaptureWindow.Usual, cancellationToken),
        };
        var reviews = isNew ? new Reviews(await new AddedLabels(loop).AddAsync(label, cancellationToken)) : this;
        var recorded = await reviews.RecordAsync([new ReviewAnswer(item, label)], null, reason, cancellationToken);
        return recorded[0];
    }

    private static ReviewItem Queued(IReadOnlyList<ReviewItem> items, string joinKey, string list) =>
        items.FirstOrDefault(item => item.JoinKey == joinKey)
        ?? throw new UserError(joinKey, $"is not on the {list} list: `plumb predictions --list {list}` shows it");

    private async Task<ReviewItem> PickedAsync(
        string joinKey,
        CaptureWindow window,
        CancellationToken cancellationToken
    )
    {
        var search = await new CapturedPredictions(loop).SearchAsync(joinKey, window, cancellationToken);
        return search.Found?.ToReviewItem(loop.Names.Endpoint, ReviewList.Volunteered)
            ?? throw new UserError(joinKey, NotFound(search, window) + Sampled());
    }

    private static string NotFound(CaptureSearch search, CaptureWindow window)
    {
        if (!search.IsComplete)
        {
            var since = search.BackTo is { } hour ? $" since {hour:yyyy-MM-ddTHH:mm}Z" : "";
            return $"no prediction captured{since} has this key, and there are too many to read them all: "
                + "say when it was made, --at 2026-03-01T12:00Z, or how far to look back, --since 30d";
        }

        return window == CaptureWindow.Usual
            ? "no captured prediction has this key: `plumb predictions` lists them"
            : "no prediction captured in that time has this key: omit --at and --since, or search further back";
    }

    private string Sampled() =>
        loop.Project.Capture.Percent() < 100
            ? $" (capture.share keeps {loop.Project.Capture.Percent()} % of them)"
            : "";

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>The items of a list. An invalid line is set aside: the next measurement rewrites the list.</summary>
    private async Task<IReadOnlyList<ReviewItem>> ListAsync(
        string key,
        CancellationToken cancellationToken,
        SetAside? aside = null
    )
    {
        var text = await loop.Bucket.FindTextAsync(key, cancellationToken) ?? "";
        var items = new List<ReviewItem>();
        foreach (var (number, line) in text.Split('\n').Index().Where(one => one.Item.Length > 0))
        {
            try
            {
                items.Add(Now(RecordJson.Read<ReviewItem>(line, "")));
            }
            catch (UserError broken)
            {
                aside?.Add(key, number + 1, broken.Reason);
            }
        }

        return items;
    }

    /// <summary>The item with the current names of its labels: the list may be older than a renaming.</summary>
    private ReviewItem Now(ReviewItem item) =>
        item with
        {
            Predicted = loop.Project.LabelOf(item.Predicted) ?? item.Predicted,
            Alternatives = item
                .Alternatives?.Select(one => one with { Label = loop.Project.LabelOf(one.Label) ?? one.Label })
                .ToList(),
        };
}
