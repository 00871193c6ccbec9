using System.Globalization;

namespace Plumbline.LocalCloud.Services.CloudWatch;

/// <summary>A statistic over the samples of a period: <c>Average</c> and its like, or a percentile such as <c>p99.9</c>.</summary>
internal sealed record Statistic(string Name, double? Percentile)
{
    private static readonly string[] Simple = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

    /// <summary>True if it only grows during a period.</summary>
    public bool IsCumulative => Name is "Sum" or "SampleCount";

    /// <summary>Reads a name; null if the statistic is unknown here.</summary>
    public static Statistic? TryParse(string name)
    {
        if (Simple.Contains(name))
        {
            return new Statistic(name, null);
        }

        return
            name is ['p' or 'P', .. var digits]
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percentile)
            && percentile is >= 0 and <= 100
            ? new Statistic(name, percentile)
            : null;
    }

    /// <exception cref="Aws.Errors.AwsException">The statistic is unknown here.</exception>
    public static Statistic Parse(string name) =>
        TryParse(name) ?? throw CloudWatchErrors.InvalidValue($"The value {name} for parameter Stat is not supported.");

    /// <summary>Returns the figure; null without samples, and for a percentile of unknown values.</summary>
    public double? Of(IReadOnlyCollection<MetricSample> samples)
    {
        if (samples.Count == 0)
        {
            return null;
        }

        var count = samples.Sum(sample => sample.SampleCount);
        return Name switch
        {
            "SampleCount" => count,
            "Sum" => samples.Sum(sample => sample.Sum),
            "Minimum" => samples.Min(sample => sample.Minimum),
            "Maximum" => samples.Max(sample => sample.Maximum),
            "Average" => count > 0 ? samples.Sum(sample => sample.Sum) / count : null,
            _ => PercentileOf(samples, count),
        };
    }

    /// <summary>The least value that at least this percentage of the values does not exceed.</summary>
    private double? PercentileOf(IReadOnlyCollection<MetricSample> samples, double count)
    {
        if (samples.Any(sample => !sample.IsOneValue))
        {
            return null;
        }

        var needed = Percentile!.Value / 100 * count;
        var passed = 0.0;
        var ordered = samples.OrderBy(sample => sample.Minimum).ToList();
        foreach (var sample in ordered)
        {
            passed += sample.SampleCount;
            if (passed >= needed)
            {
                return sample.Minimum;
            }
        }

        return ordered[^1].Minimum;
    }
}
