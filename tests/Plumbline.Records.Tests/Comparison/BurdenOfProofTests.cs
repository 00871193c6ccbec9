using Plumbline.Records.Comparison;

namespace Plumbline.Records.Tests.Comparison;

public class BurdenOfProofTests
{
    private static readonly PairedComparison Nothing = PairedComparison.Of(0, 0, 0);

    [Fact]
    public void Keeping_production_needs_proof()
    {
        Keeps(PairedComparison.Of(10, 12, 100), Nothing).ShouldBeFalse();
        Keeps(PairedComparison.Of(10, 40, 100), Nothing).ShouldBeTrue();
        Keeps(Nothing, Nothing).ShouldBeFalse();
    }

    [Fact]
    public void Base_rows_veto_only_a_loss_that_recent_rows_do_not_outweigh()
    {
        var lost = PairedComparison.Of(114, 166, 3000);
        Keeps(PairedComparison.Of(722, 254, 3500), lost).ShouldBeFalse("recent rows gain more");
        Keeps(PairedComparison.Of(12, 10, 500), lost).ShouldBeTrue();
        Keeps(Nothing, lost).ShouldBeTrue("nothing was gained");
        Keeps(PairedComparison.Of(12, 10, 500), PairedComparison.Of(20, 25, 3000)).ShouldBeFalse("that may be chance");
    }

    [Fact]
    public void The_shares_of_rows_are_weighed_because_the_sets_have_different_sizes()
    {
        var lost = PairedComparison.Of(1000, 1400, 200_000);
        Keeps(PairedComparison.Of(30, 8, 60), lost)
            .ShouldBeFalse("a third of recent rows outweighs 0.2 % of base rows");
    }

    [Fact]
    public void Base_rows_do_not_hold_a_candidate_that_is_shown_to_be_better_on_production_s_traffic()
    {
        var lost = PairedComparison.Of(10, 134, 331);
        Keeps(PairedComparison.Of(80, 14, 197), lost).ShouldBeFalse("the concept has changed: 0.33 gained, 0.37 lost");
        Keeps(PairedComparison.Of(9, 5, 69), lost).ShouldBeTrue("that gain may be chance");
        BurdenOfProof.KeepsProduction(PairedComparison.Of(80, 14, 197), lost, guardBase: true).ShouldBeTrue();
    }

    [Fact]
    public void Base_rows_of_the_past_hold_nothing()
    {
        var lost = PairedComparison.Of(10, 134, 331);
        BurdenOfProof.KeepsProduction(PairedComparison.Of(9, 5, 69), lost, baseIsPast: true).ShouldBeFalse();
        BurdenOfProof.KeepsProduction(Nothing, lost, baseIsPast: true, guardBase: true).ShouldBeTrue();
        BurdenOfProof.KeepsProduction(PairedComparison.Of(10, 40, 100), Nothing, baseIsPast: true).ShouldBeTrue();
    }

    [Fact]
    public void A_project_may_protect_its_base_rows()
    {
        var lost = PairedComparison.Of(114, 166, 3000);
        BurdenOfProof.KeepsProduction(PairedComparison.Of(722, 254, 3500), lost, guardBase: true).ShouldBeTrue();
    }

    private static bool Keeps(PairedComparison recent, PairedComparison @base) =>
        BurdenOfProof.KeepsProduction(recent, @base);
}
