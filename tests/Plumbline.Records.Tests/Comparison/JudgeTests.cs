using Plumbline.Records.Comparison;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Comparison;

public class JudgeTests
{
    private static readonly ProjectDescription Project = SampleRecords.Project();

    [Fact]
    public void A_candidate_that_gains_much_on_recent_rows_and_loses_nothing_on_base_is_accepted()
    {
        var report = Compare(Rows(recent: 17, of: 50, 240, 250), Rows(44, 50, 241, 250), Rows(20, 50, 240, 250));
        report.New!.Accepted.ShouldBe("true");
        report.Recommended.ShouldBe("new");
        report.Reason.ShouldBe(
            "Take the new model: right on 44 of 50 recent rows (production 17) and on 241 of 250 base rows (production 240)."
        );
        report.New!.Figures.Recent.Value.ShouldBe(0.88);
        report.New!.Recent.Gained.ShouldBe(27);
    }

    [Fact]
    public void A_loss_on_base_rows_is_weighed_against_the_gain_on_recent_ones()
    {
        var report = Compare(Rows(17, 50, 240, 250), Rows(50, 50, 220, 250), Rows(18, 50, 220, 250));
        report.New!.Accepted.ShouldBe("true");
        report.New!.Reason.ShouldStartWith("Worse than production on base rows, won 0, lost 20 of 250");
        report.New!.Reason.ShouldContain("but it gains more on recent rows, won 33, lost 0 of 50");
        report.Old!.Accepted.ShouldBe("false");
        report.Old!.Reason.ShouldStartWith(
            "Refused: significantly worse than production on base rows, won 0, lost 20 of 250"
        );
        report.Old!.Reason.ShouldContain("more than it gains on recent rows; on recent rows it won 1, lost 0 of 50");
        report.Recommended.ShouldBe("new");
    }

    [Fact]
    public void A_project_may_refuse_every_significant_loss_on_base_rows()
    {
        var guarded = Project with { Quality = Project.Quality with { GuardBase = true } };
        var production = Rows(17, 50, 240, 250);
        var report = Judge.Compare(guarded, production, Rows(50, 50, 220, 250), production);
        report.New!.Reason.ShouldContain("quality.guardBase protects them");
        report.New!.Accepted.ShouldBe("false");
    }

    [Fact]
    public void A_candidate_significantly_worse_on_recent_rows_is_refused()
    {
        var report = Compare(Rows(44, 50, 240, 250), Rows(17, 50, 240, 250), Rows(44, 50, 240, 250));
        report.New!.Reason.ShouldStartWith("Refused: significantly worse than production on recent rows");
    }

    [Fact]
    public void A_candidate_that_is_not_shown_to_be_worse_replaces_production()
    {
        // 30 rows differ, 12 to 18: too little to show a difference.
        var production = Pattern(recentRight: row => row < 18);
        var candidate = Pattern(recentRight: row => row is >= 18 and < 30);
        var report = Compare(production, candidate, candidate);
        report.New!.Recent.Upper.ShouldBeGreaterThan(0);
        report.New!.Reason.ShouldStartWith("Not worse than production: on recent rows it won 12, lost 18 of 50 rows");
        report.Reason.ShouldStartWith("Take the old model: right on 12 of 50 recent rows (production 18)");
    }

    [Fact]
    public void If_both_are_refused_production_stays()
    {
        var report = Compare(Rows(44, 50, 240, 250), Rows(17, 50, 240, 250), Rows(17, 50, 240, 250));
        report.Recommended.ShouldBe("none");
        report.Reason.ShouldStartWith("Keep the model in production: old candidate right on 17 of 50 recent rows");
    }

    [Fact]
    public void Without_any_recent_row_only_base_rows_can_keep_production()
    {
        var report = Compare(Rows(0, 0, 240, 250), Rows(0, 0, 241, 250), Rows(0, 0, 200, 250));
        report.Recommended.ShouldBe("new");
        report.New!.Reason.ShouldStartWith("Not worse than production: no recent row judges it, on base rows it won 1");
        report.Old!.Reason.ShouldContain("more than it gains on recent rows; no recent row judges it");
    }

    [Fact]
    public void Of_two_equal_candidates_the_old_one_is_taken()
    {
        var report = Compare(Rows(10, 50, 240, 250), Rows(44, 50, 240, 250), Rows(44, 50, 240, 250));
        report.New!.Accepted.ShouldBe("true");
        report.Recommended.ShouldBe("old");
        Compare(Rows(10, 50, 240, 250), Rows(44, 50, 241, 250), Rows(44, 50, 240, 250)).Recommended.ShouldBe("new");
    }

    [Fact]
    public void Base_rows_hold_no_candidate_after_traffic_has_left_them()
    {
        var (production, blend) = (Rows(33, 50, 240, 250), Rows(36, 50, 160, 250));
        Judge.Refreshed(Project, blend, production, Parts).Recommended.ShouldBe("none");
        var behind = Parts with { FirstBehind = new FirstBehind("recent", 270, 1.35) };

        var report = Judge.Refreshed(Project, blend, production, behind);

        report.Recommended.ShouldBe("blend");
        report.Blend!.Reason.ShouldStartWith("Worse than production on base rows, won 0, lost 80 of 250");
        report.Blend.Reason.ShouldContain("on recent rows it won 3, lost 0 of 50");
        report.Blend.Reason.ShouldContain(
            ". Traffic is no longer like base rows: on 270 new labels, the model of base data alone loses 1.35 more than recent."
        );
        var guarded = Project with { Quality = Project.Quality with { GuardBase = true } };
        Judge.Refreshed(guarded, blend, production, behind).Recommended.ShouldBe("none");
        Judge
            .Refreshed(Project, Rows(20, 50, 160, 250), production, behind)
            .Recommended.ShouldBe("none", "it is worse on traffic");
    }

    [Fact]
    public void An_accepted_blend_is_recommended_and_names_its_parts()
    {
        var (production, blend) = (Rows(17, 50, 240, 250), Rows(40, 50, 240, 250));
        var report = Judge.Compare(Project, production, Rows(44, 50, 240, 250), production, blend, Parts);
        report.Recommended.ShouldBe("blend");
        report.Reason.ShouldStartWith("Take the blend: right on 40 of 50 recent rows (production 17)");
        report.Of("blend")!.Reason.ShouldEndWith($". {Parts.Reason}");
        report.Of("new").ShouldBe(report.New);
        report.Of("first").ShouldBeNull();
    }

    [Fact]
    public void Another_candidate_is_recommended_if_it_is_shown_to_be_better_than_the_blend()
    {
        var (production, better) = (Rows(2, 50, 240, 250), Rows(49, 50, 240, 250));
        var report = Judge.Compare(Project, Rows(30, 50, 240, 250), better, production, Rows(25, 50, 240, 250));
        report.Blend!.Accepted.ShouldBe("true");
        report.Recommended.ShouldBe("new");
        report.Reason.ShouldStartWith("Take the new model: right on 49 of 50 recent rows (production 2)");
        report.Reason.ShouldContain("It is better than the blend on recent rows, won 24, lost 0 of 50 rows");
    }

    [Fact]
    public void If_the_blend_is_refused_the_better_of_the_others_is_taken()
    {
        var report = Judge.Compare(
            Project,
            Rows(30, 50, 240, 250),
            Rows(44, 50, 240, 250),
            Rows(40, 50, 240, 250),
            Rows(10, 50, 240, 250),
            BlendReport.Of(Parts.Parts, judged: 270, [new string('x', 2000)])
        );
        report.Recommended.ShouldBe("new");
        report.Blend!.Accepted.ShouldBe("false");
        report.Blend.Reason.Length.ShouldBe(1024);
    }

    [Fact]
    public void Every_reason_fits_into_an_approval_description()
    {
        var report = Compare(Rows(17, 50, 240, 250), Rows(50, 50, 220, 250), Rows(44, 50, 239, 250));
        report.New!.Reason.Length.ShouldBeLessThan(1024);
        report.Old!.Reason.Length.ShouldBeLessThan(1024);
    }

    [Fact]
    public void Evaluations_of_other_rows_are_not_compared()
    {
        var other = Rows(44, 50, 240, 250);
        var shifted = other with { Predictions = [.. other.Predictions.Select(p => p with { Key = "other" })] };
        Should.Throw<UserError>(() => Compare(other, shifted, other)).Message.ShouldContain("is not the same row");
        Should
            .Throw<UserError>(() => Compare(other, Rows(44, 49, 240, 250), other))
            .Message.ShouldContain("have 49 and 50 rows of recent");
    }

    [Fact]
    public void The_report_makes_a_round_trip_and_its_verdicts_are_text()
    {
        var report = Compare(Rows(17, 50, 240, 250), Rows(44, 50, 241, 250), Rows(20, 50, 240, 250));
        var json = RecordJson.WriteDocument(report);
        json.ShouldContain("\"accepted\": \"true\"");
        RecordJson.Read<ComparisonReport>(json, "comparison.json").New!.Recent.ShouldBe(report.New!.Recent);
    }

    private static BlendReport Parts =>
        BlendReport.Of([new BlendedPart("new", 1, "s3://b/new")], judged: 270, leftOut: []);

    private static ComparisonReport Compare(Evaluated production, Evaluated @new, Evaluated old) =>
        Judge.Compare(Project, old, @new, production);

    /// <summary>The first rows of each set are right, as many as given.</summary>
    private static Evaluated Rows(int recent, int of, int baseRight, int baseRows) =>
        Pattern(row => row < recent, of, row => row < baseRight, baseRows);

    private static Evaluated Pattern(
        Func<int, bool> recentRight,
        int recentRows = 50,
        Func<int, bool>? baseRight = null,
        int baseRows = 100
    )
    {
        List<Prediction> predictions =
        [
            .. Set(Prediction.Recent, recentRows, recentRight),
            .. Set(Prediction.Base, baseRows, baseRight ?? (_ => true)),
        ];
        return new Evaluated(EvaluationReport.Of("new", Project, predictions, []), predictions);
    }

    private static IEnumerable<Prediction> Set(string set, int rows, Func<int, bool> right) =>
        Enumerable.Range(0, rows).Select(row => new Prediction(set, row, $"k{row}", 0, right(row) ? 0 : 1, 0.9, 0.1));
}
