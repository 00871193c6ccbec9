using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.Records.Monitoring;

namespace Plumbline.Cli.Demo;

/// <summary>Simulated people who know each example; they answer through the calls of <c>plumb correct</c>.</summary>
internal sealed class Reviewers(LoopContext loop, IEnumerable<DemoExample> shown)
{
    private readonly Dictionary<string, string> truth = shown
        .DistinctBy(example => example.Identity)
        .ToDictionary(example => example.Identity, example => example.Truth);

    public int Audit { get; private set; }

    public int Uncertain { get; private set; }

    public int Confirmed { get; private set; }

    public int Corrected { get; private set; }

    /// <summary>Reviews the first items of the audit list.</summary>
    public async Task ReviewAuditAsync(int most, CancellationToken cancellationToken) =>
        Audit += await ReviewAsync(await new Reviews(loop).AuditListAsync(cancellationToken), most, cancellationToken);

    /// <summary>Reviews the first items of the uncertain list.</summary>
    public async Task ReviewUncertainAsync(int most, CancellationToken cancellationToken) =>
        Uncertain += await ReviewAsync(
            await new Reviews(loop).UncertainListAsync(cancellationToken),
            most,
            cancellationToken
        );

    private async Task<int> ReviewAsync(IReadOnlyList<ReviewItem> items, int most, CancellationToken cancellationToken)
    {
        var answers = items
            .Take(most)
            .Select(item => new ReviewAnswer(item, truth[item.Content?.Sha256 ?? item.Features]))
            .ToList();
        if (answers.Count > 0)
        {
            await new Reviews(loop).RecordAsync(answers, reviewer: null, reason: null, cancellationToken);
        }

        var confirmed = answers.Count(answer => answer.Label == answer.Item.Predicted);
        Confirmed += confirmed;
        Corrected += answers.Count - confirmed;
        return answers.Count;
    }
}
