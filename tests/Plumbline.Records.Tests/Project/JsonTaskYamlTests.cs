using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Records.Tests.Project;

/// <summary>The keys of <c>task: multi-label</c>, <c>task: custom</c> and <c>review.newLabels</c>.</summary>
public sealed class JsonTaskYamlTests
{
    private const string Data = "name: own\ndata: {file: a.jsonl, format: manifest}\n";
    private const string Code = "training: {algorithm: pytorch}\n";

    [Fact]
    public void Several_labels_are_measured_by_the_share_that_is_wrong()
    {
        var project = ProjectDescription.Parse(
            $"{Data}{Code}task: multi-label\nlabels: [a, b]\nquality: {{threshold: 0.2}}\n"
        );
        (project.Task, project.Quality.Metric).ShouldBe((TaskKind.MultiLabel, "hamming"));
        project.JobHyperparameters(3)["class_labels"].ShouldBe("""["a","b"]""");
        ProjectDescription.FromJson(project.ToJson()).Quality.Metric.ShouldBe("hamming");
    }

    [Fact]
    public void A_task_of_its_own_names_its_figure_and_its_program()
    {
        var project = ProjectDescription.Parse(
            $"{Data}{Code}task: custom\nquality: {{name: iou, better: higher, threshold: 0.5, score: score}}\n"
        );
        var kind = project.Quality.Kind();
        (kind.Words, kind.HigherIsBetter, project.Quality.Score).ShouldBe(("iou", true, "score"));
    }

    [Theory]
    [InlineData(
        "task: multi-label\nlabels: [a, b]\nquality: {threshold: 0.2}\n",
        "training.algorithm: must be pytorch, dotnet or container with `task: multi-label`"
    )]
    [InlineData("task: multi-label\nlabels: [a, 'b|c']\nquality: {threshold: 0.2}\n", "'b|c' must not contain |")]
    [InlineData("task: multi-label\nlabels: [a, b]\n", "quality.threshold: is missing: hamming is an error")]
    [InlineData(
        Code + "task: multi-label\nlabels: [a, b]\nquality: {metric: accuracy}\n",
        "must be one of hamming, subset_accuracy, f1_macro, f1_micro"
    )]
    [InlineData(
        Code + "task: custom\nlabels: [a, b]\nquality: {threshold: 1}\n",
        "with `task: custom` the truth is JSON"
    )]
    [InlineData(Code + "task: custom\n", "quality.threshold: is missing: write the largest loss that is still good")]
    [InlineData(
        Code + "task: custom\nquality: {threshold: 1, name: my loss}\n",
        "quality.name: must be 1 to 64 letters"
    )]
    [InlineData(Code + "task: custom\nquality: {threshold: 1, score: ../score.py}\n", "inside the project's folder")]
    [InlineData("labels: [a, b]\nquality: {score: score.py}\n", "quality.score: goes with `task: custom`")]
    [InlineData(
        Code + "task: multi-label\nlabels: [a, b]\nquality: {threshold: 0.2}\nreview: {newLabels: true}\n",
        "review.newLabels: leave it out"
    )]
    public void A_wrong_key_is_refused(string yaml, string problem) =>
        Should.Throw<UserError>(() => ProjectDescription.Parse(Data + yaml)).Message.ShouldContain(problem);

    [Fact]
    public void A_table_has_no_sets_of_labels() =>
        Should
            .Throw<UserError>(() =>
                ProjectDescription.Parse(
                    $"name: own\ndata: {{file: a.csv}}\n{Code}task: multi-label\nlabels: [a, b]\nquality: {{threshold: 0.2}}\n"
                )
            )
            .Message.ShouldContain("data.format: must be manifest with `task: multi-label`");

    [Fact]
    public void Added_labels_come_after_the_projects_own_only_if_it_allows_them()
    {
        var project = ProjectDescription.Parse(
            "name: own\ndata: {file: a.csv}\nlabels: [a, b]\nreview: {newLabels: true}\n"
        );
        project.WithAdded(["c", "a", "c"]).Labels.ShouldBe(["a", "b", "c"]);
        (project with { Review = new ReviewDescription() }).WithAdded(["c"]).Labels.ShouldBe(["a", "b"]);
    }
}
