using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

internal sealed class AlarmApi(AlarmStore alarms)
{
    private const int LargestPage = 100;

    public async Task<JsonObject> PutMetricAlarm(AwsCall call)
    {
        var request = new PutMetricAlarmInput(call.Input);
        AlarmInputRules.Check(request);
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

        await alarms.PutAsync(request.AlarmName, configuration, AlarmTagApi.TagsOf(call.Input.Objects("Tags")));
        return [];
    }

    public Task<JsonObject> DescribeAlarms(AwsCall call)
    {
        var request = new DescribeAlarmsInput(call.Input);
        var names = call.Input.Array("AlarmNames") is null ? null : request.AlarmNames.ToHashSet();
        var prefix = request.AlarmNamePrefix;
        if (names is not null && prefix is not null)
        {
            throw CloudWatchErrors.InvalidCombination("AlarmNames and AlarmNamePrefix cannot be specified together.");
        }

        var skip = ListPage.Skip(request.NextToken, CloudWatchErrors.InvalidToken);
        var onlyComposite =
            call.Input.Array("AlarmTypes") is not null && !request.AlarmTypes.Contains(AlarmType.MetricAlarm);
        var found = alarms
            .List()
            .Where(alarm => !onlyComposite && (names?.Contains(alarm.AlarmName) ?? true))
            .Where(alarm => prefix is null || alarm.AlarmName.StartsWith(prefix, StringComparison.Ordinal))
            .Where(alarm => request.StateValue is not { } state || alarm.StateValue == state)
            .Where(alarm => request.ActionPrefix is not { } action || Acts(alarm, action))
            .Skip(skip)
            .Select(alarm => alarm.Tree);
        var output = ListPage.Of("MetricAlarms", found, skip, request.MaxRecords ?? LargestPage);
        output.Insert(1, "CompositeAlarms", new JsonArray());
        return Task.FromResult(output);
    }

    public Task<JsonObject> DescribeAlarmsForMetric(AwsCall call)
    {
        var request = new DescribeAlarmsForMetricInput(call.Input);
        var metric = Metric.Of(request.Namespace, request.MetricName, request.Dimensions);
        var statistic = request.Statistic ?? request.ExtendedStatistic;
        var found = alarms
            .List()
            .Where(alarm =>
            {
                var settings = AlarmSettings.Of(alarm);
                return settings.Math is null
                    && settings.Metric == metric
                    && (statistic is null || settings.Statistic.Name == statistic)
                    && (request.Period is not { } period || settings.Period == period)
                    && (request.Unit is not { } unit || settings.Unit == unit);
            })
            .Select(alarm => alarm.Tree);
        return Task.FromResult(new JsonObject { ["MetricAlarms"] = new JsonArray([.. found]) });
    }

    public async Task<JsonObject> DeleteAlarms(AwsCall call)
    {
        await alarms.RemoveAsync(new DeleteAlarmsInput(call.Input).AlarmNames);
        return [];
    }

    public async Task<JsonObject> SetAlarmState(AwsCall call)
    {
        var request = new SetAlarmStateInput(call.Input);
        var data = request.StateReasonData;
        if (data is not null && !IsJson(data))
        {
            throw new Aws.Errors.AwsException("InvalidFormat", 400, "StateReasonData is not valid JSON");
        }

        await alarms.SetStateAsync(request.AlarmName, request.StateValue, request.StateReason, data);
        return [];
    }

    public Task<JsonObject> EnableAlarmActions(AwsCall call) =>
        SetActionsEnabledAsync(new EnableAlarmActionsInput(call.Input).AlarmNames, true);

    public Task<JsonObject> DisableAlarmActions(AwsCall call) =>
        SetActionsEnabledAsync(new DisableAlarmActionsInput(call.Input).AlarmNames, false);

    private async Task<JsonObject> SetActionsEnabledAsync(IEnumerable<string> names, bool enabled)
    {
        foreach (var name in names.Where(name => alarms.Find(name) is not null))
        {
            await alarms.ChangeAsync(name, alarm => alarm.Tree["ActionsEnabled"] = enabled);
        }

        return [];
    }

    private static bool Acts(MetricAlarm alarm, string prefix) =>
        alarm
            .OKActions.Concat(alarm.AlarmActions)
            .Concat(alarm.InsufficientDataActions)
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
