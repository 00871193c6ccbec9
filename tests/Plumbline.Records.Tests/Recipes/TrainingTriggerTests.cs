using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public sealed class TrainingTriggerTests
{
    [Fact]
    public void A_drop_must_be_larger_than_chance()
    {
        var drop = new AccuracyDrop();

        drop.Note(Labels(right: 80, wrong: 20)).ShouldBeFalse("nothing came before it");
        drop.Note(Labels(right: 76, wrong: 24)).ShouldBeFalse("four in a hundred is chance");
        drop.Note(Labels(right: 60, wrong: 40)).ShouldBeTrue();
        drop.Note(Labels(right: 1, wrong: 9)).ShouldBeFalse("ten rows are too few");
    }

    [Fact]
    public void A_drop_is_measured_against_the_three_deliveries_before()
    {
        var drop = new AccuracyDrop();
        foreach (var right in new[] { 90, 60, 60, 60 })
        {
            drop.Note(Labels(right, 100 - right));
        }

        drop.Note(Labels(right: 60, wrong: 40)).ShouldBeFalse();
    }

    [Fact]
    public void Growth_begins_again_at_a_training()
    {
        var growth = new LabelGrowth(0.1, labelled: 1_000);

        growth.Note(new ArrivedLabels([], 1_099)).ShouldBeFalse();
        growth.Note(new ArrivedLabels([], 1_100)).ShouldBeTrue();
        growth.Note(new ArrivedLabels([], 1_150)).ShouldBeTrue("it fires until a training");
        growth.Restart(1_150);
        growth.Note(new ArrivedLabels([], 1_260)).ShouldBeFalse();
    }

    [Fact]
    public void Page_Hinkley_fires_soon_after_a_change_and_rarely_without_one()
    {
        var random = new Random(1);
        ArrivedLabels Next(double accuracy) =>
            new([.. Enumerable.Range(0, 50).Select(_ => random.NextDouble() < accuracy)], 0);
        var test = new PageHinkley(limit: 30);

        Enumerable.Range(0, 40).Count(_ => test.Note(Next(0.9))).ShouldBe(0);
        Enumerable.Range(0, 10).TakeWhile(_ => !test.Note(Next(0.6))).Count().ShouldBeLessThan(3);
        test.Restart(0);
        Enumerable.Range(0, 10).Count(_ => test.Note(Next(0.6))).ShouldBe(0, "the new rate is the usual one now");
    }

    [Fact]
    public void A_threshold_needs_some_labels()
    {
        var threshold = new BelowThreshold(0.7);

        threshold.Note(Labels(right: 1, wrong: 9)).ShouldBeFalse();
        threshold.Note(Labels(right: 65, wrong: 35)).ShouldBeTrue();
        threshold.Note(Labels(right: 70, wrong: 30)).ShouldBeFalse();
    }

    [Fact]
    public void Of_several_triggers_each_sees_all_labels()
    {
        var any = new AnyTrigger(new EveryDelivery(), new AccuracyDrop());
        any.Note(Labels(right: 90, wrong: 10)).ShouldBeTrue();

        new AnyTrigger().Note(Labels(right: 0, wrong: 100)).ShouldBeFalse();
        var drop = new AccuracyDrop();
        var both = new AnyTrigger(new LabelGrowth(0.1, 100), drop);
        both.Note(new ArrivedLabels([.. Enumerable.Repeat(true, 100)], 200)).ShouldBeTrue();
        both.Restart(200);
        both.Note(new ArrivedLabels([.. Enumerable.Repeat(false, 100)], 200))
            .ShouldBeTrue("the drop saw the first 100");
    }

    [Fact]
    public void Few_labels_are_under_250()
    {
        new FewLabels().Note(Labels(right: 200, wrong: 49)).ShouldBeTrue();
        new FewLabels().Note(Labels(right: 200, wrong: 50)).ShouldBeFalse();
    }

    private static ArrivedLabels Labels(int right, int wrong) =>
        new([.. Enumerable.Repeat(true, right), .. Enumerable.Repeat(false, wrong)], 0);
}
