using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Recipes;

namespace Plumbline.Records.Tests.Recipes;

public class ServedAgesTests
{
    private const int BaseRows = 1000;
    private static readonly Correction[] Labels =
    [
        .. Enumerable
            .Range(0, 600)
            .Select(i => SampleRecords.Correction(i, $"{i},1") with { InferenceTime = SampleRecords.Time.AddHours(i) }),
    ];

    [Fact]
    public void Weights_halve_with_as_many_served_rows_as_the_base_data_has()
    {
        var decay = Ages(auditShare: 1).Decay();
        decay.Length.ShouldBe(700 + Labels.Length);
        decay[^1].ShouldBe(1);
        // The newest base row is as old as all served rows, the oldest one also as all base rows.
        decay[699].ShouldBe((float)Math.Pow(0.5, 0.6), 0.001f);
        decay[0].ShouldBe((float)Math.Pow(0.5, 1.6), 0.001f);
        decay.ShouldBe(decay.Order());
    }

    [Fact]
    public void A_label_of_a_tenth_of_the_traffic_stands_for_ten_served_rows()
    {
        var decay = Ages(auditShare: 0.1).Decay();
        decay[^101].ShouldBe(0.5f, 0.001f);
        decay[0].ShouldBe((float)RowAges.Floor);
    }

    [Fact]
    public void Answers_to_the_first_third_of_the_audit_list_tell_how_many_rows_were_served()
    {
        const int Served = 3000;
        const double Share = 0.3;
        var list = Enumerable
            .Range(0, Served)
            .Select(i => $"prediction-{i}")
            .Where(key => AuditSample.Contains(key, Share))
            .OrderBy(AuditSample.Position)
            .Select(
                (key, i) =>
                    SampleRecords.Correction(i, $"{i},1") with
                    {
                        JoinKey = key,
                        InferenceTime = SampleRecords.Time.AddSeconds(i),
                    }
            )
            .ToList();

        var third = Ages(Share, labels: [.. list.Take(list.Count / 3)]).Decay();
        var whole = Ages(Share, labels: [.. list]).Decay();

        // The base rows are as old as all rows that were served: 3 x the base data.
        whole[699].ShouldBe((float)Math.Pow(0.5, 3), 0.02f);
        third[699].ShouldBe(whole[699], 0.02f);
    }

    [Fact]
    public void The_newest_rows_are_those_of_two_windows_if_they_are_enough()
    {
        var window = TimeSpan.FromHours(280);
        var newest = MonitorDescription.WindowAt(Labels[^1].InferenceTime, window);
        var (weights, enough) = Ages(auditShare: 1, window).Recent();
        enough.ShouldBeTrue();
        weights
            .Count(weight => weight > 0)
            .ShouldBe(Labels.Count(one => MonitorDescription.WindowAt(one.InferenceTime, window) > newest - 2));
        weights.Take(700).ShouldAllBe(weight => weight == 0);
    }

    [Fact]
    public void Of_too_few_labels_a_hundred_rows_stay_and_the_recipe_is_left_out()
    {
        var (weights, enough) = Ages(auditShare: 0.001).Recent();
        enough.ShouldBeFalse();
        weights.Count(weight => weight > 0).ShouldBe(RowAges.EnoughLabels);
    }

    private static ServedAges Ages(double auditShare, TimeSpan? window = null, Correction[]? labels = null)
    {
        labels ??= Labels;
        var project = SampleRecords.Project() with
        {
            Monitor = new MonitorDescription { AuditShare = auditShare, Window = window ?? TimeSpan.FromDays(1) },
        };
        var manifest = new DataSetManifest
        {
            Project = "pets",
            Features = ["a", "b"],
            Labels = project.Labels,
            Split = SplitRule.Of(project.Data),
            Base = new BaseManifest("", BaseRows * 7 / 10, BaseRows / 10, BaseRows * 2 / 10),
            Corrections = new CorrectionsManifest { Train = [.. labels.Select(one => one.Id)] },
            Files = new Dictionary<string, FileManifest>(),
        };
        return new ServedAges(project, manifest, labels);
    }
}
