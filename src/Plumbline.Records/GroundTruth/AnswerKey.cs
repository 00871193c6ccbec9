namespace Plumbline.Records.GroundTruth;

/// <summary>As much of an answer as tells whether there is something to learn from it.</summary>
/// <param name="JoinKey">The prediction.</param>
/// <param name="Id">The correction's id: the later one wins.</param>
/// <param name="Label">The truth.</param>
public readonly record struct AnswerKey(string JoinKey, Guid Id, string Label)
{
    /// <summary>
    /// How many predictions have a label that was not learned from: a second person who says the same adds nothing, and
    /// neither does a label that came in by two ways.
    /// </summary>
    /// <param name="answers">All answers, in any order.</param>
    /// <param name="learned">Ids of those that were.</param>
    public static int CountNew(IEnumerable<AnswerKey> answers, IReadOnlySet<Guid> learned) =>
        answers.GroupBy(one => one.JoinKey).Count(ofOne => IsNew([.. ofOne.OrderBy(one => one.Id)], learned));

    private static bool IsNew(AnswerKey[] oldestFirst, IReadOnlySet<Guid> learned)
    {
        var before = Array.FindLast(oldestFirst, one => learned.Contains(one.Id));
        return before.JoinKey is null || before.Label != oldestFirst[^1].Label;
    }
}
