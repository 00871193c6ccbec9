using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.Records.Recipes;

/// <summary>
/// The ages of a data set version's rows to train on, counted in rows that production served after them. Captures are
/// not counted: the labels of the audit sample tell how many rows each window served (<see cref="RowsServed"/>).
/// </summary>
public sealed class ServedAges
{
    /// <summary>The newest rows are those of this number of windows.</summary>
    private const int NewestWindows = 2;

    /// <summary>A gap behind the last answer that is less likely by chance shows that the rest was not answered.</summary>
    private const double Chance = 0.001;

    private readonly DateTimeOffset[] audited;
    private readonly double[] served;
    private readonly long[] ages;
    private readonly RowAges rule;

    /// <param name="project">The share of the audit sample, and the length of a window.</param>
    /// <param name="manifest">The version.</param>
    /// <param name="corrections">The corrections in it.</param>
    public ServedAges(ProjectDescription project, DataSetManifest manifest, IReadOnlyList<Correction> corrections)
    {
        var (share, window) = (project.Monitor.AuditShare, project.Monitor.Window);
        Correction[] members =
        [
            .. corrections
                .Where(one => one.List == ReviewList.Audit)
                .DistinctBy(one => one.JoinKey)
                .OrderBy(one => one.InferenceTime),
        ];
        audited = [.. members.Select(one => one.InferenceTime)];
        served = SumsFromTheNewest([
            .. members
                .GroupBy(one => MonitorDescription.WindowAt(one.InferenceTime, window))
                .SelectMany(of => Enumerable.Repeat(RowsServed([.. of], share) / of.Count(), of.Count())),
        ]);
        var times = corrections.ToDictionary(one => one.Id, one => one.InferenceTime);
        var (rows, onTrain) = (
            manifest.Base.Train + manifest.Base.Validation + manifest.Base.Test,
            manifest.Base.Train
        );
        var all = Served(audited.Length);
        ages =
        [
            // Base rows are in time order; the training side is spread evenly among them.
            .. Enumerable.Range(0, onTrain).Select(row => all + (long)((onTrain - 1.0 - row) * rows / onTrain)),
            .. manifest.Corrections.Train.Select(id => Served(After(times[id]))),
        ];
        var newest =
            audited.Length == 0
                ? 0
                : After(
                    new DateTimeOffset(
                        (MonitorDescription.WindowAt(audited[^1], window) - NewestWindows + 1) * window.Ticks - 1,
                        TimeSpan.Zero
                    )
                );
        rule = new RowAges(Math.Max(1, rows), Math.Max(1, Served(newest)));
    }

    /// <summary>The weight of each row to train on, in the order of the file; 0 leaves a row out.</summary>
    public float[] Decay() => rule.Weights(RecipeRows.Aging, ages, sinceLastTraining: 0)!;

    /// <summary>
    /// The weights for the newest rows, and false if they are too few for a model; the weights then have the newest
    /// <see cref="RowAges.EnoughLabels"/> rows, because a training needs rows.
    /// </summary>
    public (float[] Weights, bool Enough) Recent()
    {
        if (rule.Weights(RecipeRows.Newest, ages, sinceLastTraining: 0) is { } weights)
            return (weights, true);
        var oldest = ages.Order().ElementAt(Math.Min(RowAges.EnoughLabels, ages.Length) - 1);
        return ([.. ages.Select(age => age <= oldest ? 1f : 0f)], false);
    }

    private int After(DateTimeOffset time)
    {
        var index = Array.BinarySearch(audited, time);
        if (index < 0)
            return audited.Length - ~index;
        while (index < audited.Length && audited[index] == time)
            index++;
        return audited.Length - index;
    }

    /// <summary>
    /// An estimate of the rows that a window served: its labels divided by the share, if the whole audit sample has them.
    /// People are offered the sample in the order of its positions, which are spread evenly. If they answered the first
    /// ones only, the largest answered position tells of how many rows these are the first.
    /// </summary>
    private static double RowsServed(Correction[] labelled, double share)
    {
        var ofWhole = labelled.Length / share;
        var largest = labelled.Max(one => AuditSample.Position(one.JoinKey));
        var isWhole = Math.Pow(largest / share, labelled.Length) >= Chance;
        return isWhole ? ofWhole : Math.Max(ofWhole, (labelled.Length - 1) / largest);
    }

    /// <summary>For each number of newest labels, the rows served since the oldest of them.</summary>
    private static double[] SumsFromTheNewest(double[] rows)
    {
        var sums = new double[rows.Length + 1];
        for (var labels = 1; labels < sums.Length; labels++)
            sums[labels] = sums[labels - 1] + rows[^labels];
        return sums;
    }

    private long Served(int labels) => (long)Math.Round(served[labels]);
}
