using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>One answer of one person about a prediction.</summary>
/// <param name="Id">The correction's id: the order of ids is the order in which people answered.</param>
/// <param name="Label">The truth, in their eyes.</param>
/// <param name="Reviewer">Who: the STS ARN, with the console's user after a space where there is one.</param>
/// <param name="List">How the prediction came before them.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Reason">Why, where said.</param>
public sealed record GivenLabel(
    Guid Id,
    string Label,
    string Reviewer,
    ReviewList List,
    DateTimeOffset Time,
    string? Reason
);

/// <summary>
/// All that people said of one prediction. The later answer wins, and all are kept: monitoring, data sets and pages go by
/// this rule. Whoever changes their own mind disagrees with nobody.
/// </summary>
public sealed class Verdict
{
    /// <param name="joinKey">The prediction.</param>
    /// <param name="given">What was said of it, in any order; at least one.</param>
    public Verdict(string joinKey, IEnumerable<GivenLabel> given)
    {
        JoinKey = joinKey;
        Given = [.. given.OrderBy(one => one.Id)];
        Standing = [.. Given.GroupBy(one => one.Reviewer).Select(ofOne => ofOne.Last()).OrderBy(one => one.Id)];
    }

    /// <summary>The prediction.</summary>
    public string JoinKey { get; }

    /// <summary>Every answer, newest last.</summary>
    public IReadOnlyList<GivenLabel> Given { get; }

    /// <summary>Each person's last answer, newest last.</summary>
    public IReadOnlyList<GivenLabel> Standing { get; }

    /// <summary>The answer that counts.</summary>
    public GivenLabel Winner => Given[^1];

    /// <summary>True where two people's last answers differ.</summary>
    public bool IsConflict => Standing.Any(one => one.Label != Winner.Label);
}
