using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;

namespace Plumbline.Loop.Deployment;

/// <summary>
/// The alarms of one deployment. They watch only the new fleet, by the dimension <c>EndpointConfigName</c>: errors of
/// the old fleet must not stop its replacement. Callers' mistakes (4xx) and a single error among few requests trigger
/// no alarm. The accuracy alarm is never one of them: it is in ALARM when a healing deployment starts.
/// </summary>
internal sealed class RollbackAlarms(LoopContext loop)
{
    private const int Errors = 3;
    private const double ErrorPercent = 1;
    private const int Requests = 10;

    // Microseconds. A model that takes a second for a row is broken, even if its answer is right.
    private const double Slow = 1_000_000;

    /// <summary>Creates the alarms of a deployment; returns the AutoRollbackConfiguration of UpdateEndpoint.</summary>
    /// <param name="config">The new endpoint configuration.</param>
    /// <param name="cancellationToken">Ends it between two alarms.</param>
    public async Task<JsonObject> PutAsync(string config, CancellationToken cancellationToken)
    {
        var names = LoopNames.RollbackAlarms(config);
        await PutAsync(
            names[0],
            $"More than {ErrorPercent} % of the requests to {config} fail with 5xx, and at least {Errors} requests.",
            ErrorPercent,
            [
                Metric(config, "errors", "Invocation5XXErrors", "Sum"),
                Metric(config, "requests", "Invocations", "Sum"),
                Figure($"IF(errors >= {Errors}, 100 * errors / requests, 0)"),
            ],
            cancellationToken
        );
        await PutAsync(
            names[1],
            $"{config} takes more than a second for a request, on average over at least {Requests} requests.",
            Slow,
            [
                Metric(config, "latency", "ModelLatency", "Average"),
                Metric(config, "requests", "Invocations", "Sum"),
                Figure($"IF(requests >= {Requests}, latency, 0)"),
            ],
            cancellationToken
        );
        var alarms = names.Select(name => new JsonObject { ["AlarmName"] = name });
        return new JsonObject { ["Alarms"] = new JsonArray([.. alarms]) };
    }

    /// <summary>Deletes the alarms of a configuration, if they exist.</summary>
    public Task DeleteAsync(string config, CancellationToken cancellationToken) =>
        DeleteAsync(LoopNames.RollbackAlarms(config), cancellationToken);

    /// <summary>Deletes the alarms of an earlier update, which remain if its build was killed.</summary>
    public async Task SweepAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return;
        }

        var found = await loop.Clients.CloudWatch.DescribeAlarmsAsync(
            new JsonObject { ["AlarmNames"] = Names(names) },
            cancellationToken
        );
        string[] left = [.. found.MetricAlarms.Select(alarm => alarm.AlarmName)];
        if (left.Length > 0)
        {
            await DeleteAsync(left, cancellationToken);
        }
    }

    private static JsonArray Names(IReadOnlyList<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private async Task DeleteAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        try
        {
            await loop.Clients.CloudWatch.DeleteAlarmsAsync(
                new JsonObject { ["AlarmNames"] = Names(names) },
                cancellationToken
            );
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // A deployment that goes back has no alarms.
        }
    }

    private Task PutAsync(
        string name,
        string description,
        double threshold,
        JsonArray metrics,
        CancellationToken cancellationToken
    ) =>
        loop.Clients.CloudWatch.PutMetricAlarmAsync(
            new JsonObject
            {
                ["AlarmName"] = name,
                ["AlarmDescription"] = description,
                ["Metrics"] = metrics,
                ["EvaluationPeriods"] = 1,
                ["Threshold"] = threshold,
                ["ComparisonOperator"] = "GreaterThanThreshold",
                ["TreatMissingData"] = "notBreaching",
            },
            cancellationToken
        );

    private JsonObject Metric(string config, string id, string metric, string statistic) =>
        new()
        {
            ["Id"] = id,
            ["MetricStat"] = new JsonObject
            {
                ["Metric"] = new JsonObject
                {
                    ["Namespace"] = "AWS/SageMaker",
                    ["MetricName"] = metric,
                    ["Dimensions"] = new JsonArray(
                        new JsonObject { ["Name"] = "EndpointName", ["Value"] = loop.Names.Endpoint },
                        new JsonObject { ["Name"] = "VariantName", ["Value"] = LoopNames.Variant },
                        new JsonObject { ["Name"] = "EndpointConfigName", ["Value"] = config }
                    ),
                },
                ["Period"] = 60,
                ["Stat"] = statistic,
            },
            ["ReturnData"] = false,
        };

    private static JsonObject Figure(string expression) => new() { ["Id"] = "figure", ["Expression"] = expression };
}
