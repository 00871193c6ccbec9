using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public sealed class TurnsTests
{
    [Fact]
    public void Two_recipes_take_turns_at_one_trigger()
    {
        Turns[] turns =
        [
            new Turns(new LabelGrowth(0.5, 100), true, false),
            new Turns(new LabelGrowth(0.5, 100), false, true),
        ];

        var trained = new long[] { 120, 150, 200, 225, 300, 340 }.Select(labelled =>
            string.Concat(turns.Select(turn => turn.Note(new ArrivedLabels([], labelled)) ? "x" : "-"))
        );

        // 150 is half more than 100, 225 half more than 150, 340 half more than 225.
        trained.ShouldBe(["--", "x-", "--", "-x", "--", "x-"]);
    }
}
