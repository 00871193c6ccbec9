using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Quality;

/// <summary>Truths that are sets of labels or JSON; the figures of sets are scikit-learn 1.2.1's for the same rows.</summary>
public sealed class JsonTruthTests : IDisposable
{
    private static readonly ProjectDescription Tags = new()
    {
        Name = "tags",
        Task = TaskKind.MultiLabel,
        Data = new DataDescription { Format = SourceFormat.Manifest },
        Labels = ["a", "b", "c", "d"],
        FormerLabels = new Dictionary<string, string> { ["delta"] = "d" },
        Quality = new QualityDescription { Metric = MetricKind.Hamming, Threshold = 0.2 },
    };

    private static readonly ProjectDescription Boxes = Tags with { Task = TaskKind.Custom, Labels = [] };

    private static readonly string[] Truths =
    [
        "a|c",
        "a|b",
        "[]",
        "a|b",
        "a",
        "[]",
        "[]",
        "[]",
        "a|b",
        "a",
        "[]",
        "a",
        "[]",
    ];

    private static readonly string[] Answers =
    [
        "a|c|d",
        "b",
        "c",
        "a|d",
        "[]",
        "d",
        "a|b",
        "c",
        "a",
        "a",
        "[]",
        "a|b",
        "[]",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("hamming", 0.23076923076923078)]
    [InlineData("subset_accuracy", 0.23076923076923078)]
    [InlineData("f1_macro", 0.4006410256410256)]
    [InlineData("f1_micro", 0.5384615384615385)]
    public void A_metric_of_sets_is_that_of_scikit_learn(string name, double expected)
    {
        var figure = Metrics.Of(name, Tags.Labels, task: TaskKind.MultiLabel).FigureOf(Rows(Answers))!;
        figure.Value.ShouldBe(expected, 1e-12);
        figure.Lower.ShouldBeLessThan(expected);
        figure.Upper.ShouldBeGreaterThan(expected);
        MetricKind.Of(name, TaskKind.MultiLabel).HigherIsBetter.ShouldBe(name != "hamming");
    }

    [Fact]
    public void The_baseline_answers_the_labels_that_most_truths_have()
    {
        // Label a is in 7 of 13 truths. To answer it alone is wrong 10 times in 13 x 4: 6 times too much, 4 labels missing.
        Metrics
            .Of("hamming", Tags.Labels, task: TaskKind.MultiLabel)
            .Baseline(Rows(Answers))!
            .Value.ShouldBe(10 / 52.0, 1e-12);
        Metrics.Of("custom:lower:loss", []).Baseline([new JudgedRow(0, 0.5)]).ShouldBeNull();
    }

    [Theory]
    [InlineData("c | a", """["a","c"]""")]
    [InlineData("""["c", "a", "c"]""", """["a","c"]""")]
    [InlineData("[]", "[]")]
    [InlineData("delta", """["d"]""")]
    [InlineData("a|e", null)]
    [InlineData("", null)]
    [InlineData("[1]", null)]
    [InlineData("[\"a\"", null)]
    public void A_set_of_labels_has_one_text(string text, string? canonical) => Tags.LabelOf(text).ShouldBe(canonical);

    [Theory]
    [InlineData("""{"b": 1, "a": [1.0]}""", """{"b":1,"a":[1.0]}""")]
    [InlineData("7", "7")]
    [InlineData("{", null)]
    public void JSON_has_one_text(string text, string? canonical) => Boxes.LabelOf(text).ShouldBe(canonical);

    [Theory]
    [InlineData("""["b","a"]""", """["a","b"]""", float.NaN)]
    [InlineData("""{"labels":["b"],"probabilities":{"a":0.4,"b":0.9}}""", """["b"]""", 0.2f)]
    [InlineData("""{"predictions":[{"probabilities":{"a":0.5,"b":0.1}}]}""", """["a"]""", 0f)]
    [InlineData("""{"a":0.75,"d":0.1}""", """["a"]""", 0.5f)]
    [InlineData("[]", "[]", float.NaN)]
    public void An_answer_is_a_list_of_labels_or_their_probabilities(string body, string text, float margin)
    {
        var answer = Tags.JsonForm().Answer(body).ShouldNotBeNull();
        answer.Text.ShouldBe(text);
        float.Round(answer.Margin, 4).ShouldBe(margin);
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("{}")]
    [InlineData("""{"e":0.9}""")]
    [InlineData("""["e"]""")]
    public void Another_answer_is_not_one(string body) => Tags.JsonForm().Answer(body).ShouldBeNull();

    [Fact]
    public void Lists_of_labels_are_read_from_a_manifest_also_as_the_numbers_of_Ground_Truth()
    {
        var read = Read(
            Tags,
            """{"source":"one","label":["c","a"]}""",
            """{"source":"two","label":[3,0],"label-metadata":{"class-map":{"0":"b","3":"delta"}}}""",
            """{"source":"three","label":"a|b"}""",
            """{"source":"four","label":[]}"""
        );
        read.Select(one => one.Example.Label).ShouldBe(["""["a","c"]""", """["b","d"]""", """["a","b"]""", "[]"]);
        read[0].Example.ToLine().ShouldContain("\"truth\":[\"a\",\"c\"]");
    }

    [Fact]
    public void A_truth_of_another_form_is_refused_with_its_line()
    {
        Should
            .Throw<UserError>(() =>
                Read(Tags, """{"source":"one","label":["a"]}""", """{"source":"two","label":["hole"]}""")
            )
            .Message.ShouldStartWith("lines.jsonl:2: has the truth [\"hole\"], which is not a list of labels, such as");
        Should
            .Throw<UserError>(() => Read(Boxes, """{"source":"one"}"""))
            .Message.ShouldBe("lines.jsonl:1: has no label: write it as \"label\" (data.label)");
        Read(Boxes, """{"source":"one","label":{"x": [1, 2]}}""")[0].Example.Label.ShouldBe("""{"x":[1,2]}""");
    }

    private IReadOnlyList<BaseContent> Read(ProjectDescription project, params string[] lines)
    {
        folder.Write("lines.jsonl", string.Join('\n', lines) + "\n");
        return BaseContents
            .Read(project with { Data = project.Data with { File = "lines.jsonl" } }, folder.Path)
            .Examples;
    }

    [Fact]
    public async Task Sets_are_kept_in_predictions_and_two_models_are_compared_by_them()
    {
        var path = folder.At("predictions.csv");
        var ours = Predictions(Answers);
        await Prediction.WriteAsync(path, ours, CancellationToken.None);

        var read = Prediction.Read(path);

        read.Select(one => (one.Predicted, one.Sets!.Truth.Length, one.Sets.Answer.Length))
            .ShouldBe(ours.Select(one => (one.Predicted, one.Sets!.Truth.Length, one.Sets.Answer.Length)));
        var perfect = Predictions(Truths);
        var compared = PairedComparison.Of(Prediction.Base, Tags.Metric(), perfect, read);
        (compared.Gained, compared.Lost, compared.Metric).ShouldBe((10, 0, "hamming"));
        compared.Better.ShouldBeTrue(compared.Text());
        var shares = Metrics.Of("subset_accuracy", Tags.Labels, task: TaskKind.MultiLabel);
        PairedComparison.Of(Prediction.Base, shares, perfect, read).PValue.ShouldBe(Statistics.McNemarOf(10, 0), 1e-12);
    }

    [Fact]
    public void The_projects_own_figure_knows_its_direction_and_its_name()
    {
        var higher = MetricKind.OfOwn("iou", higherIsBetter: true);
        MetricKind.Of(higher.Name).ShouldBe(higher);
        (higher.Published, higher.Misses(0.4, 0.5)).ShouldBe(("iou", true));
        var metric = Metrics.Of(higher.Name, []);
        metric.FigureOf([new JudgedRow(0, 0.25), new JudgedRow(0, 0.75)])!.Value.ShouldBe(0.5);
        metric.Loss(new JudgedRow(0, 0.75)).ShouldBeLessThan(metric.Loss(new JudgedRow(0, 0.25)));
    }

    private static JudgedRow[] Rows(string[] answers) => [.. Predictions(answers).Select(one => one.Judged)];

    private static List<Prediction> Predictions(string[] answers)
    {
        var truths = Tags.JsonForm();
        return
        [
            .. answers.Select(
                (answer, row) =>
                {
                    var judged = truths.Judge(Tags.LabelOf(Truths[row])!, Tags.LabelOf(answer)!);
                    return new Prediction(Prediction.Base, row, "key", 0, judged.Predicted) { Sets = judged.Sets };
                }
            ),
        ];
    }

    private static class Statistics
    {
        public static double McNemarOf(int gained, int lost) => Records.Statistics.McNemar.MidP(gained, lost);
    }
}
