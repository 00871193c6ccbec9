using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Events;

public sealed class ScheduleTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_schedule_fires_in_civil_time_and_a_jump_over_many_times_fires_once()
    {
        await cloud.TellingRuleAsync("weekly", new { ScheduleExpression = "rate(7 days)" });
        await cloud.TellingRuleAsync("witness", new { ScheduleExpression = "rate(30 days)" });

        await cloud.MoveClockAsync(TimeSpan.FromDays(6));
        await cloud.MoveClockAsync(TimeSpan.FromDays(1));
        var first = await cloud.MessagesAsync("weekly", 1);
        await cloud.MoveClockAsync(TimeSpan.FromDays(28));
        await cloud.MessagesAsync("weekly", 2);
        await cloud.MessagesAsync("witness", 1);

        (await cloud.MessagesAsync("weekly")).Count.ShouldBe(2);
        var told = JsonNode.Parse(first.Single())!.AsObject();
        told.Text("source").ShouldBe("aws.events");
        told.Text("detail-type").ShouldBe("Scheduled Event");
        told.Texts("resources").ShouldBe(["arn:aws:events:us-east-1:000000000000:rule/weekly"]);
    }

    [Fact]
    public async Task What_came_due_while_the_local_cloud_was_down_fires_when_it_is_up_again()
    {
        await cloud.TellingRuleAsync("down", new { ScheduleExpression = "rate(1 day)" });

        // The move is on disk: the rule fires once, before or after the restart.
        await cloud.MoveClockAsync(TimeSpan.FromDays(1.5));
        await cloud.RestartAsync();
        await cloud.MessagesAsync("down", 1);
        await cloud.MoveClockAsync(TimeSpan.FromDays(1));

        (await cloud.MessagesAsync("down", 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_schedule_that_is_switched_off_does_not_fire()
    {
        await cloud.TellingRuleAsync("off", new { ScheduleExpression = "cron(0 0 * * ? *)" });
        await cloud.TellingRuleAsync("on", new { ScheduleExpression = "cron(0 0 * * ? *)" });
        await cloud.CallAsync("events", "DisableRule", new { Name = "off" });

        await cloud.MoveClockAsync(TimeSpan.FromDays(1));

        await cloud.MessagesAsync("on", 1);
        (await cloud.MessagesAsync("off")).ShouldBeEmpty();
    }
}
