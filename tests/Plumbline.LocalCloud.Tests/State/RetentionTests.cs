using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Tests.CodeBuild;
using Plumbline.LocalCloud.Tests.SageMaker.Pipelines;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

public sealed class RetentionTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Nothing = """{"Steps":[]}""";

    private const string Builds = "documents WHERE kind = 'codebuild/build'";

    private readonly DateTimeOffset began = cloud.CivilNow();

    [Fact]
    public async Task Everything_is_forgotten_when_its_time_has_come_and_not_before()
    {
        await LogAsync();
        await PublishAsync();
        await AlarmAsync();
        await MeasureAsync();
        await StartAsync();
        await BuildTwiceAsync();

        await ForgottenAfterAsync(7, "log_events JOIN log_groups ON group_id = id WHERE name = 'week'");
        await ForgottenAfterAsync(14, "sns_messages");
        await ForgottenAfterAsync(30, "alarm_history");
        await ForgottenAfterAsync(365, "pipeline_start_tokens");
        Count("documents WHERE kind = 'sagemaker/pipeline-execution'").ShouldBe(1);
        await ForgottenAfterAsync(455, "metric_data");
        // The newest one stays, because the numbers of later builds follow it. A round forgets builds after figures.
        await Eventually.Async(() => Count(Builds) == 1);
    }

    private async Task ForgottenAfterAsync(int days, string rows)
    {
        await AdvanceToAsync(TimeSpan.FromDays(days) - TimeSpan.FromHours(2));
        Count(rows).ShouldBeGreaterThan(0, rows);
        await AdvanceToAsync(TimeSpan.FromDays(days) + TimeSpan.FromHours(2));
        await Eventually.Async(
            async () =>
            {
                // A round that was in progress when the clock moved is followed by the next one an hour later.
                await cloud.MoveClockAsync(TimeSpan.FromMinutes(10));
                return (rows, Count: Count(rows));
            },
            left => left.Count == 0
        );
    }

    private Task AdvanceToAsync(TimeSpan since) => cloud.MoveClockAsync(began + since - cloud.CivilNow());

    private long Count(string rows) =>
        cloud
            .Host.Services.GetRequiredService<Database>()
            .Read(connection => connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {rows}"));

    private async Task LogAsync()
    {
        await cloud.CallAsync("logs", "CreateLogGroup", new { logGroupName = "week" });
        await cloud.CallAsync("logs", "PutRetentionPolicy", new { logGroupName = "week", retentionInDays = 7 });
        await cloud.CallAsync("logs", "CreateLogStream", new { logGroupName = "week", logStreamName = "s" });
        var logEvents = new[] { new { timestamp = began.ToUnixTimeMilliseconds(), message = "m" } };
        await cloud.CallAsync(
            "logs",
            "PutLogEvents",
            new
            {
                logGroupName = "week",
                logStreamName = "s",
                logEvents,
            }
        );
    }

    private async Task PublishAsync()
    {
        var topic = await cloud.CallAsync("sns", "CreateTopic", new { Name = "told" });
        await cloud.CallAsync("sns", "Publish", new { TopicArn = (string)topic["TopicArn"]!, Message = "m" });
        await Eventually.Async(() => Task.FromResult(Count("sns_messages WHERE logged = 1")), count => count == 1);
    }

    private async Task AlarmAsync()
    {
        await cloud.CallAsync(
            "monitoring",
            "PutMetricAlarm",
            new
            {
                AlarmName = "a",
                Namespace = "N",
                MetricName = "m",
                Statistic = "Average",
                Period = 60,
                EvaluationPeriods = 1,
                Threshold = 1,
                ComparisonOperator = "LessThanThreshold",
            }
        );
        await cloud.CallAsync("monitoring", "DeleteAlarms", new { AlarmNames = new[] { "a" } });
    }

    private Task MeasureAsync() =>
        cloud.CallAsync(
            "monitoring",
            "PutMetricData",
            new { Namespace = "N", MetricData = new[] { new { MetricName = "m", Value = 0.5 } } }
        );

    private async Task StartAsync()
    {
        var pipelines = new PipelineCalls(cloud);
        await pipelines.CreateAsync("Once", Nothing);
        await pipelines.CallAsync(
            "StartPipelineExecution",
            new { PipelineName = "Once", ClientRequestToken = new string('t', 40) }
        );
    }

    private async Task BuildTwiceAsync()
    {
        var source = new
        {
            type = "NO_SOURCE",
            buildspec = "version: 0.2\nphases:\n  build:\n    commands:\n      - true\n",
        };
        await cloud.CallAsync("codebuild", "CreateProject", BuildCalls.Project("kept", source));
        await cloud.BuildAsync("kept");
        await cloud.BuildAsync("kept");
    }
}
