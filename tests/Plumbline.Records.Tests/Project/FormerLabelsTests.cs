using System.Text;
using Plumbline.Records.Data;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Project;

/// <summary>A renamed class: labels under its old name still count.</summary>
public sealed class FormerLabelsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("[negative: {was: no}, positive: {was: [yes, ja]}]")]
    [InlineData("\n  - negative: {was: no}\n  - positive:\n      was: [yes, ja]")]
    [InlineData("\n  negative: {was: [no]}\n  positive: {was: [yes, ja]}")]
    public void Labels_say_what_they_were_called_before(string labels)
    {
        var project = Parse(labels);

        project.Labels.ShouldBe(["negative", "positive"]);
        project.IndexOf("no").ShouldBe(0);
        project.LabelOf("ja").ShouldBe("positive");
        project.LabelOf("maybe").ShouldBeNull();
        project.HasLabels(["no", "yes"]).ShouldBeTrue();
        project.HasLabels(["yes", "no"]).ShouldBeFalse();
        ProjectDescription.FromJson(project.ToJson()).LabelOf("ja").ShouldBe("positive");
        project
            .JobHyperparameters(1)["former_labels"]
            .ShouldBe("""{"ja":"positive","no":"negative","yes":"positive"}""");
    }

    [Fact]
    public void A_section_of_names_alone_is_a_list_of_labels() =>
        Parse("\n  stays:\n  leaves:").Labels.ShouldBe(["stays", "leaves"]);

    [Theory]
    [InlineData("[a: {was: b}, b]", "'b' is a label and the old name of 'a'")]
    [InlineData("[a: {was: x}, b: {was: x}]", "'x' is already the old name of 'a'")]
    [InlineData("[a: {wsa: x}, b]", "unknown key 'labels.a.wsa'; the known keys are was")]
    [InlineData("[a: x, b]", "labels.a: must be a name alone")]
    [InlineData("[a: {was: }, b]", "labels.a.was is missing")]
    [InlineData("[a, a]", "'a' is listed twice")]
    [InlineData("[a]", "at least two")]
    [InlineData("a", "must be a list")]
    public void Names_that_could_mean_either_are_refused_with_their_line(string labels, string problem)
    {
        var refused = Should.Throw<UserError>(() => Parse(labels));

        refused.Message.ShouldContain("plumbline.yaml:3");
        refused.Message.ShouldContain(problem);
    }

    [Fact]
    public void Answers_and_labels_are_read_by_either_name()
    {
        var names = new LabelNames(Parse("[negative: {was: no}, positive: {was: [yes, '1']}]"));

        int Of(string text) => names.IndexOf(Encoding.UTF8.GetBytes(text));

        (Of("negative"), Of("no"), Of("positive"), Of("yes"), Of("1"), Of("0")).ShouldBe((0, 0, 1, 1, 1, 0));
        Of("maybe").ShouldBe(-1);
    }

    [Fact]
    public void A_prediction_of_a_model_of_before_has_the_name_of_now_or_its_own_word()
    {
        string? Predicted(string answer, string labels) =>
            CapturedPrediction
                .OfLine(
                    Encoding.UTF8.GetBytes(SampleRecords.Capture("k", "1,2", answer)),
                    new LabelNames(Parse(labels))
                )
                .Single()
                .Predicted;

        const string Json = """{"predictions":[{"label":"no","score":0.7}]}""";
        Predicted(Json, "[negative: {was: no}, positive]").ShouldBe("negative");
        Predicted(Json, "[negative, positive]").ShouldBe("no");
        Predicted("no", "[negative, positive]").ShouldBe("no");
        Predicted("0.25", "[negative, positive]").ShouldBe("negative");
        Predicted("no,0.1,0.9,0", "[a, b, c]").ShouldBe("no");
    }

    [Fact]
    public void Corrections_and_base_rows_by_the_old_name_are_trained_on()
    {
        folder.Write(
            "data.csv",
            "label,a,b\n"
                + string.Concat(Enumerable.Range(0, 200).Select(i => $"{(i % 2 == 0 ? "no" : "positive")},{i},1\n"))
        );

        var manifest = DataSetBuilder.Build(
            Parse("[negative: {was: no}, positive: {was: yes}]"),
            folder.At("data.csv"),
            [
                .. Enumerable
                    .Range(1, 9)
                    .Select(i => SampleRecords.Correction(i, $"{1000 + i},1", i % 2 == 0 ? "yes" : "negative")),
            ],
            [],
            folder.At("out"),
            SampleRecords.Time
        );

        manifest.Corrections.Unusable.ShouldBeEmpty();
        manifest.Labels.ShouldBe(["negative", "positive"]);
        (
            manifest.Corrections.Train.Count + manifest.Corrections.Validation.Count + manifest.Corrections.Recent.Count
        ).ShouldBe(9);
    }

    private static ProjectDescription Parse(string labels) =>
        ProjectDescription.Parse($"name: moons\ndata: {{}}\nlabels: {labels}\n");
}
