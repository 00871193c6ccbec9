using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

[Collection("processes")]
public sealed class RollbackTests : IAsyncLifetime
{
    private const string Guarded = """
        {"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"ALL_AT_ONCE","WaitIntervalInSeconds":0},"TerminationWaitInSeconds":600},
         "AutoRollbackConfiguration":{"Alarms":[{"AlarmName":"model-errors"}]}}
        """;

    private readonly EndpointCloud cloud = new();

    public async Task InitializeAsync()
    {
        await cloud.InitializeAsync();
        await cloud.ConfigureAsync("guarded-1", "old");
        await cloud.ConfigureAsync("guarded-2", "new");
        await cloud.CreateAsync("guarded", "guarded-1");
    }

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task An_alarm_during_the_bake_brings_the_old_version_back()
    {
        await PutAlarmAsync();
        await cloud.UpdateAsync("guarded", "guarded-2", Guarded);
        await Eventually.Async(() => cloud.AskAsync("guarded", "1"), answer => answer == "new");

        for (var number = 0; number < 3; number++)
        {
            await Should.ThrowAsync<AwsException>(() => cloud.AskAsync("guarded", "fail"));
        }

        var endpoint = await cloud.SettledAsync("guarded");
        endpoint.Text("EndpointStatus").ShouldBe("InService");
        endpoint.Text("EndpointConfigName").ShouldBe("guarded-1");
        endpoint.Text("FailureReason")!.ShouldContain("\"model-errors\"");
        (await cloud.AskAsync("guarded", "1")).ShouldBe("old");
        await Eventually.Async(() => cloud.ServerCount == 1);
    }

    [Fact]
    public async Task A_rate_of_the_new_fleet_alone_is_what_its_alarm_watches()
    {
        for (var number = 0; number < 5; number++)
        {
            await Should.ThrowAsync<AwsException>(() => cloud.AskAsync("guarded", "fail"));
        }

        await new CloudWatchClient(cloud.Connection).PutMetricAlarmAsync(
            Json(
                $$"""
                {"AlarmName":"model-errors","EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"GreaterThanThreshold",
                 "TreatMissingData":"notBreaching","Metrics":[{{Sum("errors", "Invocation5XXErrors")}},{{Sum(
                    "requests",
                    "Invocations"
                )}},
                   {"Id":"rate","Expression":"IF(errors >= 3, 100 * errors / requests, 0)"}]}
                """
            )
        );
        await cloud.UpdateAsync("guarded", "guarded-2", Guarded);
        await Eventually.Async(() => cloud.AskAsync("guarded", "1"), answer => answer == "new");
        // The old fleet failed, and one or two errors are not yet an error rate: the deployment keeps baking.
        await Should.ThrowAsync<AwsException>(() => cloud.AskAsync("guarded", "fail"));
        await Eventually.Async(() => FailuresAsync("guarded-2"), failures => failures == 1);
        (await cloud.DescribeAsync("guarded")).Text("EndpointStatus").ShouldBe("Updating");

        for (var number = 0; number < 3; number++)
        {
            await Should.ThrowAsync<AwsException>(() => cloud.AskAsync("guarded", "fail"));
        }

        var endpoint = await cloud.SettledAsync("guarded");
        endpoint.Text("EndpointConfigName").ShouldBe("guarded-1");
        endpoint.Text("FailureReason")!.ShouldContain("\"model-errors\"");

        static string Sum(string id, string metric) =>
            $$"""
                {"Id":"{{id}}","ReturnData":false,"MetricStat":{"Period":60,"Stat":"Sum","Metric":{"Namespace":"AWS/SageMaker",
                 "MetricName":"{{metric}}","Dimensions":[{"Name":"EndpointName","Value":"guarded"},
                 {"Name":"VariantName","Value":"AllTraffic"},{"Name":"EndpointConfigName","Value":"guarded-2"}] } } }
                """;
    }

    [Fact]
    public async Task Without_an_alarm_the_new_version_stays_when_the_bake_is_over()
    {
        await PutAlarmAsync();
        await cloud.UpdateAsync("guarded", "guarded-2", Guarded);
        await Eventually.Async(() => cloud.AskAsync("guarded", "1"), answer => answer == "new");
        (await cloud.DescribeAsync("guarded")).Text("EndpointStatus").ShouldBe("Updating");

        await Eventually.Async(
            () => cloud.DescribeAsync("guarded"),
            baking => baking.Object("PendingDeploymentSummary")?.ToJsonString().Contains("Baking") == true
        );
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(10));

        var endpoint = await cloud.SettledAsync("guarded");
        endpoint.Text("EndpointConfigName").ShouldBe("guarded-2");
        endpoint.ContainsKey("FailureReason").ShouldBeFalse();
        endpoint.Object("LastDeploymentConfig").ShouldNotBeNull();
    }

    [Fact]
    public async Task An_alarm_that_is_not_there_is_refused()
    {
        var refusal = await Should.ThrowAsync<AwsException>(() => cloud.UpdateAsync("guarded", "guarded-2", Guarded));

        refusal.Message.ShouldContain("\"model-errors\"");
        (await cloud.DescribeAsync("guarded")).Text("EndpointStatus").ShouldBe("InService");
    }

    private async Task<double> FailuresAsync(string config)
    {
        var now = DateTimeOffset.UtcNow;
        var found = await new CloudWatchClient(cloud.Connection).GetMetricStatisticsAsync(
            Json(
                $$"""
                {"Namespace":"AWS/SageMaker","MetricName":"Invocation5XXErrors","Period":60,"Statistics":["Sum"],
                 "StartTime":{{now.AddMinutes(-5).ToUnixTimeSeconds()}},"EndTime":{{now.AddMinutes(
                        5
                    ).ToUnixTimeSeconds()}},
                 "Dimensions":[{"Name":"EndpointName","Value":"guarded"},{"Name":"VariantName","Value":"AllTraffic"},
                   {"Name":"EndpointConfigName","Value":"{{config}}"}]}
                """
            )
        );
        return found.Objects("Datapoints").Sum(point => point.Double("Sum") ?? 0);
    }

    private Task PutAlarmAsync() =>
        new CloudWatchClient(cloud.Connection).PutMetricAlarmAsync(
            Json(
                """
                {"AlarmName":"model-errors","Namespace":"AWS/SageMaker","MetricName":"InvocationModelErrors","Statistic":"Sum",
                 "Dimensions":[{"Name":"EndpointName","Value":"guarded"},{"Name":"VariantName","Value":"AllTraffic"}],
                 "Period":60,"EvaluationPeriods":1,"Threshold":0,"ComparisonOperator":"GreaterThanThreshold","TreatMissingData":"notBreaching"}
                """
            )
        );
}
