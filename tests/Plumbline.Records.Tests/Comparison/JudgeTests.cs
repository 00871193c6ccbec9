using Plumbline.Records.Comparison;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Comparison;

public class JudgeTests
{
    private static readonly ProjectDescription Project = SampleRecords.Project();

    [Fact]
    public void A_candidate_that_gains_much_on_recent_rows_and_loses_nothing_on_base_is_accepted()
    {
        var report = Compare(Rows(recent: 17, of: 50, 240, 250), Rows(44, 50, 241, 250), Rows(20, 50, 240, 250));
        report.New.Accepted.ShouldBe("true");
        report.Recommended.ShouldBe("new");
        report.Reason.ShouldBe(
            "Take the new model: right on 44 of 50 recent rows (production 17) and on 241 of 250 base rows (production 240)."
        );
        report.New.Figures.Recent.Value.ShouldBe(0.88);
        report.New.Recent.Gained.ShouldBe(27);
    }

    [Fact]
    public void A_candidate_significantly_worse_on_base_is_refused_whatever_it_gains()
    {
        var report = Compare(Rows(17, 50, 240, 250), Rows(50, 50, 220, 250), Rows(44, 50, 239, 250));
        report.New.Accepted.ShouldBe("false");
        report.New.Reason.ShouldStartWith(
            "Refused: significantly worse than production on base rows, won 0, lost 20 of 250"
        );
        report.Recommended.ShouldBe("old");
    }

    [Fact]
    public void A_candidate_significantly_worse_on_recent_rows_is_refused()
    {
        var report = Compare(Rows(44, 50, 240, 250), Rows(17, 50, 240, 250), Rows(44, 50, 240, 250));
        report.New.Reason.ShouldStartWith("Refused: significantly worse than production on recent rows");
    }

    [Fact]
    public void Under_minPaired_discordant_rows_production_stays_however_clear_they_are()
    {
        var report = Compare(Rows(31, 50, 240, 250), Rows(50, 50, 250, 250), Rows(31, 50, 240, 250));
        report.New.Recent.Discordant.ShouldBe(19);
        report.New.Accepted.ShouldBe("false");
        report.New.Reason.ShouldBe(
            "Keep production: on recent rows the two differ in only 19 of 50, and 20 are needed to tell them apart."
        );
        report.Recommended.ShouldBe("none");
        Compare(Rows(30, 50, 240, 250), Rows(50, 50, 250, 250), Rows(30, 50, 240, 250)).Recommended.ShouldBe("new");
    }

    [Fact]
    public void Where_the_interval_covers_zero_production_stays()
    {
        // 30 rows differ, 18 to 12: too little to show a difference.
        var production = Pattern(recentRight: row => row < 12);
        var candidate = Pattern(recentRight: row => row is >= 12 and < 30);
        var report = Compare(production, candidate, candidate);
        report.New.Recent.Lower.ShouldBeLessThan(0);
        report.New.Reason.ShouldStartWith("Keep production: not shown to be better on recent rows, won 18, lost 12");
        report.Reason.ShouldStartWith("Keep the model in production: old candidate right on 18 of 50 recent rows");
    }

    [Fact]
    public void Without_any_recent_row_nothing_replaces_production()
    {
        var report = Compare(Rows(0, 0, 200, 250), Rows(0, 0, 250, 250), Rows(0, 0, 200, 250));
        report.Recommended.ShouldBe("none");
        report.New.Figures.Base.Value.ShouldBe(1);
        report.New.Reason.ShouldContain("differ in only 0 of 0");
    }

    [Fact]
    public void Of_two_equal_candidates_the_old_one_is_taken()
    {
        var report = Compare(Rows(10, 50, 240, 250), Rows(44, 50, 240, 250), Rows(44, 50, 240, 250));
        report.New.Accepted.ShouldBe("true");
        report.Recommended.ShouldBe("old");
        Compare(Rows(10, 50, 240, 250), Rows(44, 50, 241, 250), Rows(44, 50, 240, 250)).Recommended.ShouldBe("new");
    }

    [Fact]
    public void Every_reason_fits_into_an_approval_description()
    {
        var report = Compare(Rows(17, 50, 240, 250), Rows(50, 50, 220, 250), Rows(44, 50, 239, 250));
        report.New.Reason.Length.ShouldBeLessThan(1024);
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
        RecordJson.Read<ComparisonReport>(json, "comparison.json").New.Recent.ShouldBe(report.New.Recent);
    }

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
