using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Checks;
using Plumbline.Loop.Home;
using Plumbline.Loop.Tests.Checks;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests;

/// <summary>The alarms of a loop, and their recipients.</summary>
public sealed class LoopAlarmTests
{
    [Theory]
    [InlineData("hourly", 3_600)]
    [InlineData("rate(90 minutes)", 5_400)]
    [InlineData("daily", 86_400)]
    [InlineData("cron(0 6 ? * MON-FRI *), window: 24h", 259_200)] // from Friday to Monday
    [InlineData("weekly", 604_800)]
    public void Figures_that_stop_are_told_of_when_two_pauses_of_the_schedule_have_none(string schedule, int period)
    {
        var alarm = Alarm(schedule, names => names.NoFigureAlarm)!;

        alarm.Int("Period").ShouldBe(period);
        alarm.Int("EvaluationPeriods").ShouldBe(1); // CloudWatch looks at one period more than it evaluates, at least
        alarm.Text("TreatMissingData").ShouldBe("missing");
        alarm["InsufficientDataActions"]!.ToJsonString().ShouldContain(":churn-alerts");
        alarm.ContainsKey("AlarmActions").ShouldBeFalse();
        Subject(schedule).Found("PL002").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cron(0 0 1 * ? *), window: 30d")]
    [InlineData("cron(0 3 * * * *), window: 24h")] // not a schedule: PL020 says so
    public void No_alarm_looks_back_further_than_its_seven_days(string schedule) =>
        Alarm(schedule, names => names.NoFigureAlarm).ShouldBeNull();

    [Fact]
    public void Errors_of_the_endpoint_tell_people_and_roll_nothing_back()
    {
        var alarm = Alarm("daily", names => names.ErrorsAlarm)!;

        alarm["AlarmActions"]!.ToJsonString().ShouldContain(":churn-alerts");
        alarm.Objects("Metrics").Last().Text("Expression").ShouldBe("IF(errors >= 3, 100 * errors / requests, 0)");
        // The alarm covers both fleets of a deployment, so it has no dimension for a configuration.
        alarm["Metrics"]!.ToJsonString().ShouldNotContain("EndpointConfigName");
    }

    private static CheckSubject Subject(string schedule)
    {
        var yaml =
            $"{SampleChecks.Yaml}\nmonitor:\n  schedule: {schedule.Replace(", ", "\n  ", StringComparison.Ordinal)}\n";
        return CheckSubject.OfProject(ProjectDescription.Parse(yaml), DescriptionLines.Parse(yaml));
    }

    private static JsonObject? Alarm(string schedule, Func<LoopNames, string> name)
    {
        var subject = Subject(schedule);
        return subject.Resources.SingleOrDefault(one => one.Name == name(subject.Names!))?.Definition;
    }
}
