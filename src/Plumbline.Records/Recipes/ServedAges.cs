using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.Records.Recipes;

/// <summary>
/// The ages of a data set version's rows to train on, counted in rows that production served after them. Captures are
/// not counted: each label of the audit sample stands for as many served rows as its share says.
/// </summary>
public sealed class ServedAges
{
    /// <summary>The newest rows are those of this number of windows.</summary>
    private const int NewestWindows = 2;

    private readonly DateTimeOffset[] audited;
    private readonly double perLabel;
    private readonly long[] ages;
    private readonly RowAges rule;

    /// <param name="project">The share of the audit sample, and the length of a window.</param>
    /// <param name="manifest">The version.</param>
    /// <param name="corrections">The corrections in it.</param>
    public ServedAges(ProjectDescription project, DataSetManifest manifest, IReadOnlyList<Correction> corrections)
    {
        perLabel = 1 / project.Monitor.AuditShare;
        audited =
        [
            .. corrections
                .Where(one => one.List == ReviewList.Audit)
                .DistinctBy(one => one.JoinKey)
                .Select(one => one.InferenceTime)
                .Order(),
        ];
        var times = corrections.ToDictionary(one => one.Id, one => one.InferenceTime);
        var (rows, onTrain) = (
            manifest.Base.Train + manifest.Base.Validation + manifest.Base.Test,
            manifest.Base.Train
        );
        var served = Served(audited.Length);
        ages =
        [
            // Base rows are in time order; the training side is spread evenly among them.
            .. Enumerable.Range(0, onTrain).Select(row => served + (long)((onTrain - 1.0 - row) * rows / onTrain)),
            .. manifest.Corrections.Train.Select(id => Served(After(times[id]))),
        ];
        var window = project.Monitor.Window;
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

    private long Served(int labels) => (long)(labels * perLabel);
}
