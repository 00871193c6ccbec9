using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

internal sealed class AlarmApi(AlarmStore alarms)
{
    private const int LargestPage = 100;

    public async Task<JsonObject> PutMetricAlarm(AwsCall call)
    {
        AlarmInputRules.Check(call.Input);
        var configuration = call.Input.DeepClone().AsObject();
        configuration.Remove("Tags");
        configuration["ActionsEnabled"] ??= true;
        foreach (var list in AlarmInputRules.ActionLists)
        {
            configuration[list] ??= new JsonArray();
        }

        if (configuration["Metrics"] is null)
        {
            configuration["Dimensions"] ??= new JsonArray();
        }

        await alarms.PutAsync(
            call.Input.Text("AlarmName")!,
            configuration,
            AlarmTagApi.TagsOf(call.Input.Objects("Tags"))
        );
        return [];
    }

    public Task<JsonObject> DescribeAlarms(AwsCall call)
    {
        var input = call.Input;
        var names = input.Array("AlarmNames") is null ? null : input.Texts("AlarmNames").ToHashSet();
        var prefix = input.Text("AlarmNamePrefix");
        if (names is not null && prefix is not null)
        {
            throw CloudWatchErrors.InvalidCombination("AlarmNames and AlarmNamePrefix cannot be specified together.");
        }

        var skip = AlarmPage.Skip(input);
        var limit = input.Int("MaxRecords") ?? LargestPage;
        var onlyComposite = input.Array("AlarmTypes") is not null && !input.Texts("AlarmTypes").Contains("MetricAlarm");
        var found = alarms
            .List()
            .Where(alarm => !onlyComposite && (names?.Contains(Name(alarm)) ?? true))
            .Where(alarm => prefix is null || Name(alarm).StartsWith(prefix, StringComparison.Ordinal))
            .Where(alarm => input.Text("StateValue") is not { } state || alarm.Text("StateValue") == state)
            .Where(alarm => input.Text("ActionPrefix") is not { } action || Acts(alarm, action))
            .Skip(skip)
            .Take(limit + 1)
            .ToList();
        var output = Described(found.Take(limit));
        output["CompositeAlarms"] = new JsonArray();
        if (found.Count > limit)
        {
            output["NextToken"] = (skip + limit).ToString(CultureInfo.InvariantCulture);
        }

        return Task.FromResult(output);
    }

    public Task<JsonObject> DescribeAlarmsForMetric(AwsCall call)
    {
        var input = call.Input;
        var metric = Metric.Of(input.Text("Namespace")!, input);
        var statistic = input.Text("Statistic") ?? input.Text("ExtendedStatistic");
        var found = alarms
            .List()
            .Where(alarm =>
            {
                var settings = AlarmSettings.Of(alarm);
                return settings.Math is null
                    && settings.Metric == metric
                    && (statistic is null || settings.Statistic.Name == statistic)
                    && (input.Long("Period") is not { } period || settings.Period == period)
                    && (input.Text("Unit") is not { } unit || settings.Unit == unit);
            });
        return Task.FromResult(Described(found));
    }

    public async Task<JsonObject> DeleteAlarms(AwsCall call)
    {
        await alarms.RemoveAsync(call.Input.Texts("AlarmNames"));
        return [];
    }

    public async Task<JsonObject> SetAlarmState(AwsCall call)
    {
        var input = call.Input;
        var data = input.Text("StateReasonData");
        if (data is not null && !IsJson(data))
        {
            throw new Aws.Errors.AwsException("InvalidFormat", 400, "StateReasonData is not valid JSON");
        }

        await alarms.SetStateAsync(
            input.Text("AlarmName")!,
            input.Text("StateValue")!,
            input.Text("StateReason")!,
            data
        );
        return [];
    }

    public Task<JsonObject> EnableAlarmActions(AwsCall call) => SetActionsEnabledAsync(call, true);

    public Task<JsonObject> DisableAlarmActions(AwsCall call) => SetActionsEnabledAsync(call, false);

    private async Task<JsonObject> SetActionsEnabledAsync(AwsCall call, bool enabled)
    {
        foreach (var name in call.Input.Texts("AlarmNames").Where(name => alarms.Find(name) is not null))
        {
            await alarms.ChangeAsync(name, alarm => alarm["ActionsEnabled"] = enabled);
        }

        return [];
    }

    private static JsonObject Described(IEnumerable<JsonObject> found)
    {
        var described = found.Select(alarm =>
        {
            alarm.Remove("Tags");
            return alarm;
        });
        return new JsonObject { ["MetricAlarms"] = new JsonArray([.. described]) };
    }

    private static string Name(JsonObject alarm) => alarm.Text("AlarmName")!;

    private static bool Acts(JsonObject alarm, string prefix) =>
        AlarmInputRules
            .ActionLists.SelectMany(alarm.Texts)
            .Any(action => action.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
