using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Monitoring;

public sealed class TrainingKindTests
{
    private const long Full = 1000;

    private static readonly ProjectDescription Project = SampleRecords.Project() with
    {
        Training = new TrainingDescription { Recipes = ["decay", "recent"] },
        Retraining = new RetrainingDescription { Growth = 0.25 },
    };

    [Fact]
    public void Labels_refresh_the_blend_until_they_have_grown_by_the_share_since_the_last_full_training()
    {
        var few = Kind("growth", rows: 1249);
        var many = Kind("growth", rows: 1250);

        few.IsRefresh.ShouldBeTrue();
        few.Word.ShouldBe("refresh");
        few.Reason.ShouldBe(
            "Only `recent` is trained: there are 24.9 % more rows than the 1000 that `old` and `new` have learned, and 25 % train them again."
        );
        many.IsRefresh.ShouldBeFalse();
        many.Word.ShouldBe("full");
        many.Reason.ShouldStartWith("All candidates are trained: there are 25 % more rows");
    }

    [Theory]
    [InlineData("push", false)]
    [InlineData("hand", false)]
    [InlineData("schedule", false)]
    [InlineData("change", true)]
    [InlineData("alarm", true)]
    public void People_and_commits_get_all_candidates_and_the_loop_refreshes(string trigger, bool refreshes) =>
        Kind(trigger, rows: 1001).IsRefresh.ShouldBe(refreshes);

    [Fact]
    public void There_is_no_refresh_without_the_recipe_without_growth_and_before_a_full_training()
    {
        Of(Project with { Training = new TrainingDescription { Recipes = ["decay"] } }, Full).ShouldBe(new(false, ""));
        Of(Project with { Retraining = new RetrainingDescription() }, Full).ShouldBe(new(false, ""));
        Of(Project, full: null).IsRefresh.ShouldBeFalse();
        Of(Project, Full).IsRefresh.ShouldBeTrue();
    }

    [Fact]
    public void With_few_labels_in_a_measurement_all_candidates_are_trained()
    {
        var few = TrainingKind.Of(Project, "growth", Full, rows: 1001, measured: 249);

        few.ShouldBe(new(false, "All candidates are trained, because the newest measurement has under 250 labels."));
    }

    [Fact]
    public void In_a_project_with_refreshes_each_new_label_starts_a_training()
    {
        var grown = LabelsGrown.Of(Project, fresh: 3, learned: 1000, measured: 400);

        grown.IsDue.ShouldBeTrue();
        grown.Missing.ShouldBe(0);
        grown.Sentence().ShouldBe("3 new labels are 0.3 % of the 1000 rows that the newest version has learned");
        LabelsGrown.Of(Project, fresh: 0, learned: 1000, measured: 400).IsDue.ShouldBeFalse();
        LabelsGrown
            .Of(Project with { Retraining = new RetrainingDescription() }, 3, 1000, 400)
            .IsDue.ShouldBeFalse("growth: never");
    }

    private static TrainingKind Of(ProjectDescription project, long? full) =>
        TrainingKind.Of(project, "growth", full, rows: 1001, measured: null);

    private static TrainingKind Kind(string trigger, long rows) =>
        TrainingKind.Of(Project, trigger, Full, rows, measured: 250);
}
