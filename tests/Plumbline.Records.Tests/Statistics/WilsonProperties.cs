using FsCheck;
using FsCheck.Fluent;
using Plumbline.Records.Statistics;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Statistics;

public class WilsonProperties
{
    private static readonly Arbitrary<(int Successes, int Trials)> Counts = (
        from trials in Gen.Choose(1, 100_000)
        from successes in Gen.Choose(0, trials)
        select (successes, trials)
    ).ToArbitrary();

    [Fact]
    public void An_interval_lies_in_0_to_1_and_holds_its_value() =>
        Prop.ForAll(
                Counts,
                counts =>
                {
                    var interval = Wilson.Of(counts.Successes, counts.Trials);
                    return interval.Lower >= 0
                        && interval.Lower <= interval.Value
                        && interval.Value <= interval.Upper
                        && interval.Upper <= 1;
                }
            )
            .Check();

    [Fact]
    public void Right_and_wrong_are_mirror_images() =>
        Prop.ForAll(
                Counts,
                counts =>
                {
                    var right = Wilson.Of(counts.Successes, counts.Trials);
                    var wrong = Wilson.Of(counts.Trials - counts.Successes, counts.Trials);
                    return Math.Abs(right.Lower - (1 - wrong.Upper)) < 1e-12;
                }
            )
            .Check();

    [Fact]
    public void Ten_times_the_rows_make_the_interval_narrower() =>
        Prop.ForAll(
                Counts,
                counts =>
                {
                    var few = Wilson.Of(counts.Successes, counts.Trials);
                    var many = Wilson.Of(counts.Successes * 10L, counts.Trials * 10L);
                    return many.Upper - many.Lower < few.Upper - few.Lower;
                }
            )
            .Check();
}
