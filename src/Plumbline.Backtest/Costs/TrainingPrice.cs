using Plumbline.Aws.Instances;

namespace Plumbline.Backtest.Costs;

/// <summary>
/// An estimate of the US dollars of retrainings on AWS. A training job is billed from the download of its image; each
/// delivery of labels with a training also has the pipeline's small jobs (prepare, three evaluations, compare).
/// </summary>
/// <param name="Instance">The instance type of the training jobs.</param>
/// <param name="DollarsPerHour">The price of that instance; null if it is unknown.</param>
public sealed record TrainingPrice(string Instance, decimal? DollarsPerHour)
{
    /// <summary>The default of <c>training.instance</c> in the samples.</summary>
    public const string UsualInstance = "ml.m5.xlarge";

    /// <summary>The small jobs run on this type.</summary>
    public const string SmallInstance = "ml.m5.large";

    // The start of a billed job on AWS takes about this long; tables of less than a million rows add little to it.
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(2);

    // The bench `training` on two cores: 500,000 rows of 30 features with 50 rounds.
    private const double CellRoundsPerSecond = 50e6;
    private const int SmallJobs = 5;

    /// <summary>The price of an instance in the built-in table.</summary>
    public static TrainingPrice Of(string instance) => new(instance, InstanceTypes.Find(instance)?.DollarsPerHour);

    /// <summary>One training job of a recipe; null if the price is unknown.</summary>
    public decimal? Training(long rows, int columns, int rounds) =>
        DollarsPerHour
        * (decimal)(Start + TimeSpan.FromSeconds(rows * (double)columns * rounds / CellRoundsPerSecond)).TotalHours;

    /// <summary>The small jobs of one execution of the pipeline; null if the price is unknown.</summary>
    public static decimal? Execution() =>
        InstanceTypes.Find(SmallInstance)?.DollarsPerHour * SmallJobs * (decimal)Start.TotalHours;
}
