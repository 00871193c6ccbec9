using Plumbline.Records.Comparison;

namespace Plumbline.Records.Tests.Comparison;

public sealed class PairedGainTests
{
    [Fact]
    public void The_most_that_a_candidate_gains_is_the_upper_end_of_the_interval()
    {
        var compared = PairedComparison.Of(gained: 40, lost: 10, rows: 500);

        compared.MostGain().ShouldBe(compared.Upper);
        PairedComparison.Of(gained: 1, lost: 60, rows: 500).MostGain()!.Value.ShouldBeLessThan(0);
    }

    [Fact]
    public void Few_rows_say_nothing_and_rows_that_do_not_differ_say_as_much_as_their_number()
    {
        PairedComparison.Of(gained: 5, lost: 0, rows: 99).MostGain().ShouldBeNull();
        PairedComparison.Of(gained: 0, lost: 0, rows: 100).MostGain().ShouldBe(0.03);
        PairedComparison.Of(gained: 0, lost: 0, rows: 1_000).MostGain().ShouldBe(0.003);
    }
}
