using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>Reads and checks the members of PutMetricData's <c>MetricData</c>.</summary>
internal sealed class MetricDatumReader(DateTimeOffset now)
{
    private const int MostValues = 150;
    private static readonly double Largest = Math.Pow(2, 360);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);
    private static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    /// <summary>Returns the samples in a datum.</summary>
    /// <param name="datum">The datum.</param>
    /// <param name="place">The datum's name in AWS's messages, such as <c>MetricData.member.1</c>.</param>
    public IEnumerable<MetricSample> Read(MetricDatum datum, string place)
    {
        var timestamp = TimestampOf(datum, place);
        var unit = datum.Unit ?? StandardUnit.None;
        return (datum.Value, datum.Tree.Array("Values"), datum.StatisticValues) switch
        {
            ({ } value, null, null) => [OfValue(Number(value, $"{place}.Value"), 1)],
            (null, { } values, null) => Counted(values, datum.Tree.Array("Counts"), place)
                .Select(pair => OfValue(pair.Value, pair.Count)),
            // AWS accepts values together with a set, and does not say which of them counts: here it is the set.
            (null, _, { } set) =>
            [
                new MetricSample(
                    timestamp,
                    unit,
                    Number(set.Minimum, $"{place}.StatisticValues.Minimum"),
                    Number(set.Maximum, $"{place}.StatisticValues.Maximum"),
                    Number(set.Sum, $"{place}.StatisticValues.Sum"),
                    Number(set.SampleCount, $"{place}.StatisticValues.SampleCount")
                ),
            ],
            (null, null, null) => throw CloudWatchErrors.Missing(
                $"At least one of the parameters {place}.Value, {place}.Values or {place}.StatisticValues must be specified."
            ),
            ({ }, { }, _) => throw Exclusive(place, "Value", "Values"),
            _ => throw Exclusive(place, "Value", "StatisticValues"),
        };

        MetricSample OfValue(double value, double count) => new(timestamp, unit, value, value, value * count, count);
    }

    private static IEnumerable<(double Value, double Count)> Counted(JsonArray values, JsonArray? counts, string place)
    {
        if (counts is not null && counts.Count != values.Count)
        {
            throw CloudWatchErrors.InvalidValue(
                $"The parameters {place}.Values and {place}.Counts must be of the same size."
            );
        }

        if (values.Count > MostValues)
        {
            throw CloudWatchErrors.InvalidValue(
                $"The collection {place}.Values must not have a size greater than {MostValues}."
            );
        }

        return values
            .Select(
                (value, index) =>
                    (
                        Number(Tree.Double(value), $"{place}.Values"),
                        counts is null ? 1 : Number(Tree.Double(counts[index]), $"{place}.Counts")
                    )
            )
            .ToList();
    }

    private static double Number(double? given, string place) =>
        given is { } number && double.IsFinite(number) && Math.Abs(number) <= Largest
            ? number
            : throw CloudWatchErrors.InvalidValue($"The value {given} for parameter {place} is invalid.");

    private static Aws.Errors.AwsException Exclusive(string place, string one, string other) =>
        CloudWatchErrors.InvalidCombination(
            $"The parameters {place}.{one} and {place}.{other} are mutually exclusive and you have specified both."
        );

    private long TimestampOf(MetricDatum datum, string place)
    {
        var given = datum.Timestamp ?? now;
        if (given > now + Newest)
        {
            throw CloudWatchErrors.InvalidValue(
                $"The parameter {place}.Timestamp must specify a time no more than two hours in the future."
            );
        }

        if (given < now - Oldest)
        {
            throw CloudWatchErrors.InvalidValue(
                $"The parameter {place}.Timestamp must specify a time within the past two weeks."
            );
        }

        var resolution = datum.StorageResolution switch
        {
            null or 60 => 60_000,
            1 => 1000,
            var other => throw CloudWatchErrors.InvalidValue(
                $"The value {other} for parameter {place}.StorageResolution is invalid. Valid values are 1 and 60."
            ),
        };
        var milliseconds = given.ToUnixTimeMilliseconds();
        return milliseconds - (milliseconds % resolution);
    }
}
