using Plumbline.Records.Inputs;

namespace Plumbline.Records.Tests.Inputs;

public sealed class InputSampleTests
{
    [Fact]
    public void A_text_has_its_lengths_and_shares()
    {
        var figures = TextFigures.Of("Call 0800, NOW!");

        figures["characters"].ShouldBe(15);
        figures["words"].ShouldBe(3);
        figures["letters"].ShouldBe(7 / 15f);
        figures["capitals"].ShouldBe(4 / 15f);
        figures["digits"].ShouldBe(4 / 15f);
        TextFigures.Of("")["letters"].ShouldBe(0);
    }

    [Fact]
    public void Words_are_known_by_their_letters_whatever_their_case()
    {
        TextFigures.Words("Now, now NOW then").ShouldBe(TextFigures.Words("now then"));
        TextFigures.Words("now").ShouldNotBe(TextFigures.Words("new"));
    }

    [Fact]
    public void Inputs_like_those_of_the_training_do_not_drift()
    {
        var shifts = Sample(0, 200, "good morning dear friend").Compare(Sample(200, 200, "good morning dear friend"));

        shifts
            .Select(one => one.Name)
            .ShouldBe(
                ["characters", "words", "letters", "capitals", "digits", "unknown words", "predicted label"],
                ignoreOrder: true
            );
        shifts.ShouldAllBe(one => one.Shift.Index < 0.1);
    }

    [Fact]
    public void Other_words_and_other_answers_drift_and_the_rest_does_not()
    {
        var before = Sample(0, 200, "good morning dear friend");
        var now = Sample(200, 200, "poor evening rich banker");
        var shifts = before.Compare(now).ToDictionary(one => one.Name, one => one.Shift);

        shifts["unknown words"].Index.ShouldBeGreaterThan(0.25);
        shifts["unknown words"].MeanBefore!.Value.ShouldBe(0, 0.01);
        shifts["unknown words"].MeanNow!.Value.ShouldBeGreaterThan(0.7);
        shifts["digits"].Index.ShouldBeLessThan(0.1);
        var all = shifts["digits"];
        all.Before.Sum().ShouldBe(1, 1e-9);
        all.Now.Sum().ShouldBe(1, 1e-9);
        (all.Before.Count, all.Now.Count).ShouldBe((all.Bins.Count, all.Bins.Count));
    }

    /// <summary>Texts of the same lengths, of which every third has the label spam.</summary>
    private static InputSample Sample(int first, int count, string words) =>
        new()
        {
            Inputs =
            [
                .. Enumerable
                    .Range(first, count)
                    .Select(i => (i, text: string.Concat(Enumerable.Repeat(words + " ", 1 + (i % 5))) + (i % 10)))
                    .Select(one => new SampledInput
                    {
                        Label = one.i % 3 == 0 ? "spam" : "ham",
                        Figures = TextFigures.Of(one.text),
                        Words = TextFigures.Words(words),
                    }),
            ],
            Vocabulary = [.. TextFigures.Words("good morning dear friend")],
        };
}
