using System.Text.Json.Nodes;
using Plumbline.Loop.Checks;
using Plumbline.Loop.Resources;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests.Checks;

/// <summary>The rules about a loop's resources, each with settings that break it and settings that do not.</summary>
public class ResourceRuleTests
{
    [Theory]
    [InlineData(TrafficRouting.Canary, 2, 0.6, "endpoint.step")]
    [InlineData(TrafficRouting.Linear, 4, 0.05, "endpoint.step")]
    [InlineData(TrafficRouting.Canary, 1, 0.5, "endpoint.count")]
    public void PL001_a_first_step_that_aws_refuses_is_an_error(
        TrafficRouting routing,
        int count,
        double step,
        string key
    )
    {
        var found = SampleChecks.Subject(Endpoint(routing, count, step)).Found("PL001").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Place.ShouldContain(key);
    }

    [Theory]
    [InlineData(TrafficRouting.Canary, 2, 0.5)]
    [InlineData(TrafficRouting.Linear, 10, 0.1)]
    [InlineData(TrafficRouting.AllAtOnce, 1, 0.5)]
    public void PL001_half_of_two_instances_may_be_the_first_step(TrafficRouting routing, int count, double step) =>
        SampleChecks.Subject(Endpoint(routing, count, step)).Found("PL001").ShouldBeEmpty();

    [Theory]
    [InlineData(300, 289, "86,400 s")]
    [InlineData(3_600, 169, "604,800 s")]
    public void PL002_an_alarm_that_looks_back_too_far_is_an_error(int period, int periods, string limit)
    {
        var found = Alarm(period, periods).Found("PL002").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Place.ShouldBe("alarm slow");
        found.Message.ShouldContain(limit);
    }

    [Theory]
    [InlineData(300, 288)]
    [InlineData(3_600, 168)]
    public void PL002_a_day_of_minutes_and_a_week_of_hours_are_taken(int period, int periods) =>
        Alarm(period, periods).Found("PL002").ShouldBeEmpty();

    [Fact]
    public void PL003_names_that_are_too_long_for_aws_are_errors()
    {
        var long32 = SampleChecks.Project with { Name = new string('a', 60) };

        var found = SampleChecks.Subject(long32).Found("PL003");

        // plumbline-<60>-<12> for the bucket; roles and rules have 66 of 64 characters, models 67 and configurations 76
        // of 63.
        found.ShouldAllBe(finding => finding.Severity == Severity.Error);
        found
            .Select(finding => finding.Place.Split(' ')[0])
            .Distinct()
            .Order()
            .ShouldBe(["Bucket", "EndpointConfig", "Model", "Role", "Rule"]);
    }

    [Fact]
    public void PL003_a_name_of_the_wrong_letters_is_an_error() =>
        Of(new LoopResource(ResourceKind.Rule, "a rule", []))
            .Found("PL003")
            .ShouldHaveSingleItem()
            .Message.ShouldContain(@"[\.\-_A-Za-z0-9]+");

    [Fact]
    public void PL003_the_longest_name_of_a_project_is_taken_everywhere() =>
        SampleChecks.Subject(SampleChecks.Project with { Name = new string('a', 32) }).Found("PL003").ShouldBeEmpty();

    [Theory]
    [InlineData("timeoutInMinutes", 2_161)]
    [InlineData("timeoutInMinutes", 4)]
    [InlineData("queuedTimeoutInMinutes", 481)]
    public void PL011_a_build_timeout_over_codebuilds_limits_is_an_error(string member, int minutes) =>
        Build(member, minutes).Found("PL011").ShouldHaveSingleItem().Severity.ShouldBe(Severity.Error);

    [Fact]
    public void PL011_a_build_may_take_36_hours() => Build("timeoutInMinutes", 2_160).Found("PL011").ShouldBeEmpty();

    [Fact]
    public void PL013_a_scheduled_pipeline_whose_parameter_nobody_gives_is_an_error()
    {
        var found = Scheduled("[]").Found("PL013").ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Place.ShouldBe("pipeline nightly");
        found.Message.ShouldContain("Day");
        found.Message.ShouldContain("every-night");
    }

    [Fact]
    public void PL013_a_parameter_that_the_rule_gives_is_enough() =>
        Scheduled("""[{"Name":"Day","Value":"today"}]""").Found("PL013").ShouldBeEmpty();

    [Fact]
    public void PL013_of_a_definition_alone_it_is_a_note() =>
        SampleChecks
            .Parametrized([SampleChecks.Object("""{"Name":"Day","Type":"String"}""")])
            .Found("PL013")
            .ShouldHaveSingleItem()
            .Severity.ShouldBe(Severity.Note);

    [Fact]
    public void PL020_a_schedule_that_eventbridge_does_not_take_is_an_error_at_its_line()
    {
        var yaml = SampleChecks.Yaml + "\nmonitor:\n  schedule: cron(0 3 * * * *)\n  window: 24h\n";

        var found = CheckSubject
            .OfProject(ProjectDescription.Parse(yaml), DescriptionLines.Parse(yaml))
            .Found("PL020")
            .ShouldHaveSingleItem();

        found.Severity.ShouldBe(Severity.Error);
        found.Place.ShouldBe("plumbline.yaml:10 monitor.schedule");
    }

    [Fact]
    public void PL020_daily_is_a_schedule() =>
        SampleChecks.Subject(SampleChecks.Project).Found("PL020").ShouldBeEmpty();

    private static ProjectDescription Endpoint(TrafficRouting routing, int count, double step) =>
        SampleChecks.Project with
        {
            Endpoint = SampleChecks.Project.Endpoint with { Routing = routing, Count = count, Step = step },
        };

    [Theory]
    [InlineData("5s", true)]
    [InlineData("179s", true)]
    [InlineData("3m", false)]
    public void PL022_a_bake_in_which_no_alarm_can_go_off_is_a_warning(string bake, bool isFound)
    {
        var project = ProjectDescription.Parse($"{SampleChecks.Yaml}\n  bake: {bake}\n");

        var found = SampleChecks.Subject(project).Found("PL022");

        found.Count.ShouldBe(isFound ? 1 : 0);
        found.ShouldAllBe(one => one.Severity == Severity.Warning);
    }

    [Fact]
    public void PL023_labels_that_are_longer_than_a_hyperparameter_are_an_error()
    {
        var many = SampleChecks.Project with
        {
            Labels = [.. Enumerable.Range(0, 300).Select(number => $"class-{number:0000}")],
        };

        var found = SampleChecks.Subject(many).Found("PL023");

        found.ShouldNotBeEmpty();
        found.ShouldAllBe(one =>
            one.Message
            == "hyperparameter class_labels has 3,901 characters, and CreateTrainingJob takes at most 2,500: write shorter labels, or fewer."
        );
    }

    private static CheckSubject Of(params LoopResource[] resources) => CheckSubject.OfResources(resources);

    private static CheckSubject Alarm(int period, int periods) =>
        Of(
            new LoopResource(
                ResourceKind.Alarm,
                "slow",
                new JsonObject { ["Period"] = period, ["EvaluationPeriods"] = periods }
            )
        );

    private static CheckSubject Build(string member, int minutes) =>
        Of(new LoopResource(ResourceKind.BuildProject, "churn-build", new JsonObject { [member] = minutes }));

    private static CheckSubject Scheduled(string given) =>
        Of(
            new LoopResource(
                ResourceKind.Pipeline,
                "nightly",
                new JsonObject
                {
                    ["PipelineDefinition"] = SampleChecks.Text([
                        SampleChecks.Object("""{"Name":"Day","Type":"String"}"""),
                    ]),
                }
            ),
            new LoopResource(
                ResourceKind.Rule,
                "every-night",
                new JsonObject { ["ScheduleExpression"] = "rate(1 day)" },
                SampleChecks.Object(
                    $$$"""
                    {
                      "Id": "1",
                      "Arn": "arn:aws:sagemaker:us-east-1:000000000000:pipeline/nightly",
                      "SageMakerPipelineParameters": {"PipelineParameterList": {{{given}}}}
                    }
                    """
                )
            )
        );
}
