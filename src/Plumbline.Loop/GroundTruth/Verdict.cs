using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.GroundTruth;

/// <summary>One answer of one person about a prediction.</summary>
/// <param name="Id">The correction's id: the order of ids is the order in which people answered.</param>
/// <param name="Label">The label that the person gave.</param>
/// <param name="Reviewer">The STS ARN of the caller; in the console, a space and the user's name follow.</param>
/// <param name="List">The list that the person took the prediction from.</param>
/// <param name="Time">The time of the answer, UTC.</param>
/// <param name="Reason">The reason, if given.</param>
public sealed record GivenLabel(
    Guid Id,
    string Label,
    string Reviewer,
    ReviewList List,
    DateTimeOffset Time,
    string? Reason
);

/// <summary>
/// All answers of people about one prediction. The last answer wins, and all are kept: monitoring, data sets and pages
/// follow this rule. A person who changes their own answer does not make a conflict.
/// </summary>
public sealed class Verdict
{
    /// <param name="joinKey">The prediction's join key.</param>
    /// <param name="given">The answers in any order; at least one.</param>
    public Verdict(string joinKey, IEnumerable<GivenLabel> given)
    {
        JoinKey = joinKey;
        Given = [.. given.OrderBy(one => one.Id)];
        Standing = [.. Given.GroupBy(one => one.Reviewer).Select(ofOne => ofOne.Last()).OrderBy(one => one.Id)];
    }

    public string JoinKey { get; }

    /// <summary>Every answer, newest last.</summary>
    public IReadOnlyList<GivenLabel> Given { get; }

    /// <summary>Each person's last answer, newest last.</summary>
    public IReadOnlyList<GivenLabel> Standing { get; }

    /// <summary>The answer that counts.</summary>
    public GivenLabel Winner => Given[^1];

    /// <summary>True if two people's last answers differ.</summary>
    public bool IsConflict => Standing.Any(one => one.Label != Winner.Label);
}
