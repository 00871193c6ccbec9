namespace Plumbline.Records.GroundTruth;

/// <summary>The part of an answer that tells whether it adds something to learn.</summary>
/// <param name="JoinKey">The join key of the prediction.</param>
/// <param name="Id">The correction's id; of several, the latest counts.</param>
/// <param name="Label">The true label.</param>
public readonly record struct AnswerKey(string JoinKey, Guid Id, string Label)
{
    /// <summary>
    /// Counts the predictions with a label that was not learned yet. A second person who gives the same label adds
    /// nothing, and neither does a label that arrived twice.
    /// </summary>
    /// <param name="answers">All answers, in any order.</param>
    /// <param name="learned">The ids of all learned answers.</param>
    public static int CountNew(IEnumerable<AnswerKey> answers, IReadOnlySet<Guid> learned) =>
        answers.GroupBy(one => one.JoinKey).Count(ofOne => IsNew([.. ofOne.OrderBy(one => one.Id)], learned));

    private static bool IsNew(AnswerKey[] oldestFirst, IReadOnlySet<Guid> learned)
    {
        var before = Array.FindLast(oldestFirst, one => learned.Contains(one.Id));
        return before.JoinKey is null || before.Label != oldestFirst[^1].Label;
    }
}
