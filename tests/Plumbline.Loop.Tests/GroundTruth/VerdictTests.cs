using Plumbline.Loop.GroundTruth;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Loop.Tests.GroundTruth;

public sealed class VerdictTests
{
    private readonly List<GivenLabel> given = [];

    [Fact]
    public void The_later_answer_wins_whatever_the_order_in_which_they_are_read()
    {
        Say("ann", "cat");
        Say("bob", "dog");
        given.Reverse();
        var verdict = new Verdict("a", given);
        verdict.Winner.Label.ShouldBe("dog");
        verdict.Given.Select(one => one.Reviewer).ShouldBe(["ann", "bob"]);
        verdict.IsConflict.ShouldBeTrue();
    }

    [Fact]
    public void Whoever_changes_their_mind_disagrees_with_nobody()
    {
        Say("ann", "cat");
        Say("ann", "dog");
        new Verdict("a", given).IsConflict.ShouldBeFalse();
        Say("bob", "cat");
        new Verdict("a", given).IsConflict.ShouldBeTrue();
        Say("ann", "cat");
        var verdict = new Verdict("a", given);
        verdict.IsConflict.ShouldBeFalse();
        verdict.Standing.Select(one => (one.Reviewer, one.Label)).ShouldBe([("bob", "cat"), ("ann", "cat")]);
        verdict.Given.Count.ShouldBe(4);
    }

    [Fact]
    public void Of_three_people_one_who_differs_is_enough()
    {
        Say("ann", "cat");
        Say("bob", "dog");
        Say("cleo", "cat");
        new Verdict("a", given).IsConflict.ShouldBeTrue();
    }

    private void Say(string who, string label)
    {
        var time = CaptureCloud.Noon.AddSeconds(given.Count);
        given.Add(new GivenLabel(Guid.CreateVersion7(time), label, who, ReviewList.Audit, time, null));
    }
}
