using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The rules for the input of PutMetricAlarm.</summary>
internal static class AlarmInputRules
{
    private const long Day = 86_400;
    private const long Week = 604_800;

    /// <exception cref="Aws.Errors.AwsException">The input is invalid, or not supported here.</exception>
    public static void Check(PutMetricAlarmInput input)
    {
        RefuseWhatIsNotHere(input);
        var period = CheckMetric(input);
        Require(input.Tree, "EvaluationPeriods", "ComparisonOperator", "Threshold");
        CheckStatistic(input);
        CheckTime(period, input);
        CheckOption(input.Tree, "TreatMissingData", "breaching, notBreaching, ignore, and missing");
        CheckOption(input.Tree, "EvaluateLowSampleCountPercentile", "evaluate and ignore");
        CheckActions(input);
    }

    private static void RefuseWhatIsNotHere(PutMetricAlarmInput input)
    {
        var unknown =
            input.Tree["EvaluationCriteria"] is not null ? "PromQL alarms (EvaluationCriteria)"
            : input.Tree["ThresholdMetricId"] is not null ? "anomaly detection (ThresholdMetricId)"
            : input.ComparisonOperator is { } name
            && !name.EndsWith("ToThreshold", StringComparison.Ordinal)
            && name is not (ComparisonOperator.GreaterThanThreshold or ComparisonOperator.LessThanThreshold)
                ? $"anomaly detection ({name})"
            : null;
        if (unknown is not null)
        {
            throw CloudWatchErrors.Validation($"The local cloud does not implement alarms with {unknown}.");
        }
    }

    /// <returns>The period of the alarm, or of its first metric.</returns>
    private static int CheckMetric(PutMetricAlarmInput input)
    {
        if (input.Metrics.ToList() is { Count: > 0 } queries)
        {
            if (input.MetricName is not null || input.Namespace is not null)
            {
                throw CloudWatchErrors.Validation(
                    "MetricName, Namespace, Dimensions, Period, Unit, Statistic and ExtendedStatistic cannot be specified together with Metrics."
                );
            }

            AlarmMath.Check(queries);
            return queries.Select(query => query.MetricStat).OfType<MetricStat>().First().Period;
        }

        Require(input.Tree, "MetricName", "Namespace", "Period");
        return input.Period!.Value;
    }

    private static void CheckStatistic(PutMetricAlarmInput input)
    {
        var stats = input.Metrics.Select(query => query.MetricStat?.Stat).OfType<string>().ToList();
        if (stats.Count == 0)
        {
            if (input.Statistic is null == input.ExtendedStatistic is null)
            {
                throw CloudWatchErrors.InvalidCombination(
                    "Exactly one of the parameters Statistic and ExtendedStatistic must be specified."
                );
            }

            stats.Add(input.Statistic ?? input.ExtendedStatistic!);
        }

        if (stats.Find(one => Statistic.TryParse(one) is null) is { } name)
        {
            throw CloudWatchErrors.InvalidValue($"The value {name} for parameter ExtendedStatistic is not supported.");
        }
    }

    private static void CheckTime(long period, PutMetricAlarmInput input)
    {
        var periods = input.EvaluationPeriods!.Value;
        if (period is not (10 or 20 or 30) && period % 60 != 0)
        {
            throw CloudWatchErrors.Validation(
                $"The value {period} for parameter Period is invalid. Valid values are 10, 20, 30, or any multiple of 60."
            );
        }

        var (limit, name) = period < 3600 ? (Day, "a day") : (Week, "a week");
        if (period * periods > limit)
        {
            throw CloudWatchErrors.Validation(
                $"Metrics cannot be checked across more than {name} (EvaluationPeriods * Period must be <= {limit})."
            );
        }

        if (input.DatapointsToAlarm > periods)
        {
            throw CloudWatchErrors.Validation(
                "The parameter DatapointsToAlarm must be less than or equal to the parameter EvaluationPeriods."
            );
        }
    }

    private static void CheckOption(JsonObject input, string parameter, string options)
    {
        if (
            input.Text(parameter) is { } value
            && !options.Replace("and ", "", StringComparison.Ordinal).Split([' ', ',']).Contains(value)
        )
        {
            throw CloudWatchErrors.Validation(
                $"Option {value} is not supported. Supported options for parameter {parameter} are {options}."
            );
        }
    }

    private static void CheckActions(PutMetricAlarmInput input)
    {
        foreach (var action in input.OKActions.Concat(input.AlarmActions).Concat(input.InsufficientDataActions))
        {
            if (!Aws.Arns.Arn.TryParse(action, out var arn))
            {
                throw CloudWatchErrors.Validation($"Invalid arn syntax: {action}");
            }

            if (arn.Service != "sns")
            {
                throw CloudWatchErrors.Validation(
                    $"The local cloud's alarms act through SNS topics only, not through '{action}'."
                );
            }
        }
    }

    /// <summary>The members that list actions.</summary>
    public static readonly string[] ActionLists = ["OKActions", "AlarmActions", "InsufficientDataActions"];

    private static void Require(JsonObject input, params string[] parameters)
    {
        foreach (var parameter in parameters.Where(parameter => input[parameter] is null))
        {
            throw CloudWatchErrors.Missing($"The parameter {parameter} is required.");
        }
    }
}
