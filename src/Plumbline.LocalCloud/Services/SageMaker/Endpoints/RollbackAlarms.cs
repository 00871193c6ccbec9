using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

/// <summary>The alarms that roll an update back, asked for as anybody asks for them.</summary>
public sealed class RollbackAlarms(Dispatcher dispatcher)
{
    /// <summary>Refuses alarms that are not there: they would never roll anything back.</summary>
    /// <exception cref="Aws.Errors.AwsException">Names the first that is missing.</exception>
    public async Task CheckAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return;
        }

        var found = (await DescribeAsync(names, cancellationToken))
            .Select(alarm => alarm.Text("AlarmName"))
            .ToHashSet();
        if (names.FirstOrDefault(name => !found.Contains(name)) is { } missing)
        {
            throw SageMakerErrors.Validation($"Could not find CloudWatch alarm \"{missing}\".");
        }
    }

    /// <summary>The name of an alarm that is in ALARM, or null.</summary>
    public async Task<string?> FindInAlarmAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        names.Count == 0
            ? null
            : (await DescribeAsync(names, cancellationToken))
                .FirstOrDefault(alarm => alarm.Text("StateValue") == "ALARM")
                ?.Text("AlarmName");

    private async Task<List<JsonObject>> DescribeAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var output = await dispatcher.CallAsync(
            "monitoring",
            "DescribeAlarms",
            new JsonObject
            {
                ["AlarmNames"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
                ["AlarmTypes"] = new JsonArray("MetricAlarm", "CompositeAlarm"),
            },
            Caller.Root,
            cancellationToken
        );
        return [.. output.Objects("MetricAlarms"), .. output.Objects("CompositeAlarms")];
    }
}
