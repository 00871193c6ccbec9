using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Cli.Demo;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

[Trait(Nightly.Part, "cuts")]
public sealed class GoingBackTests(LiveLoop live) : IClassFixture<LiveLoop>
{
    private RunningLoop Running => live.Running;

    /// <summary>The alarms that exist between deployments, in their order.</summary>
    private string[] Standing => [Loop.Names.AccuracyAlarm, Loop.Names.ErrorsAlarm, Loop.Names.NoFigureAlarm];

    private LoopContext Loop => Running.Loop;

    [ProgramFact("git", "bwrap")]
    public async Task A_rejected_version_leaves_production_while_callers_get_errors_from_it()
    {
        await ApproveAsync(1);
        var bad = await Running.RegisterAgainAsync();
        await ApproveAsync(bad);
        await RefusedRequestsAsync();
        var before = await LiveAsync();

        (await Running.PlumbAsync("reject", $"{bad}", "--reason", "breaks the callers")).Succeeded();
        await RefusedRequestsAsync();

        before.ShouldBe(bad);
        await LiveIsAsync(1);
        var config = (await DescribeAsync()).EndpointConfigName;
        var alarms = await Loop.Clients.CloudWatch.DescribeAlarmHistoryAsync(
            new JsonObject { ["AlarmName"] = $"{config}-5xx" }
        );
        alarms.AlarmHistoryItems.ShouldBeEmpty("nothing may roll back what goes back");
        (await new Ledger(Loop).ReadAsync())[^1].Outcome.ShouldBe("deployed");
    }

    [NightlyFact("git", "bwrap")]
    public async Task Malformed_rows_of_a_client_hold_up_no_deployment_and_its_alarms_watch_the_new_fleet_alone()
    {
        await ApproveAsync(1);
        await RefusedRequestsAsync();

        var good = await Running.RegisterAgainAsync();
        await ApproveAsync(good);

        (await LiveAsync()).ShouldBe(good);
        var config = (await DescribeAsync()).EndpointConfigName;
        var watched = (await DescribeAsync()).LastDeploymentConfig!.AutoRollbackConfiguration!.Alarms.Select(alarm =>
            alarm.AlarmName
        );
        watched.ShouldBe([$"{config}-5xx", $"{config}-latency"]);
        var left = await Loop.Clients.CloudWatch.DescribeAlarmsAsync(new JsonObject());
        left.MetricAlarms.Select(alarm => alarm.AlarmName).ShouldBe(Standing);
    }

    [NightlyFact("git", "bwrap")]
    public async Task A_deployment_leaves_the_number_of_instances_that_somebody_has_scaled_to()
    {
        await ApproveAsync(1);
        await Loop.Clients.SageMaker.UpdateEndpointWeightsAndCapacitiesAsync(
            new JsonObject
            {
                ["EndpointName"] = Loop.Names.Endpoint,
                ["DesiredWeightsAndCapacities"] = new JsonArray(
                    new JsonObject { ["VariantName"] = LoopNames.Variant, ["DesiredInstanceCount"] = 3 }
                ),
            }
        );

        var next = await Running.RegisterAgainAsync();
        await ApproveAsync(next);

        (await LiveAsync()).ShouldBe(next);
        (await DescribeAsync()).Tree.Objects("ProductionVariants").Single().Int("CurrentInstanceCount").ShouldBe(3);
    }

    [ProgramFact("git", "bwrap")]
    public async Task Rollback_goes_back_a_version_at_a_time_or_to_the_named_one_and_is_in_the_history()
    {
        await ApproveAsync(1);
        var second = await Running.RegisterAgainAsync();
        await ApproveAsync(second);
        var third = await Running.RegisterAgainAsync();
        await ApproveAsync(third);

        (await Running.PlumbAsync("rollback", "--reason", "the answers are late")).Succeeded();
        var once = await LiveAsync();
        (await Running.PlumbAsync("rollback", "--reason", "these too")).Succeeded();
        var twice = await LiveAsync();
        (await Running.PlumbAsync("rollback", $"{third}", "--reason", "it was the network")).Succeeded();
        var forward = await LiveAsync();

        (once, twice, forward).ShouldBe((second, 1L, third));
        var act = (await Loop.History.ReadAsync()).Last(entry => entry.Act.What == "rollback");
        (act.Act.Subject, act.Act.Why).ShouldBe(($"version {third}", "it was the network"));
        act.Act.Who.ShouldBe(Loop.Actor);
        act.Outcome!.Detail.ShouldBe($"Production goes back from version 1 to version {third}.");
        var pending = await Running.RegisterAgainAsync();
        foreach (
            var (number, wrong) in new[]
            {
                ($"{third}", "is in production"),
                ($"{pending}", $"is PendingManualApproval: `plumb approve {pending} --reason ...` deploys it"),
                ("999", "has no such version"),
            }
        )
        {
            var refused = await Running.PlumbAsync("rollback", number, "--reason", "r");
            refused.Error.ShouldContain(wrong);
            refused.ExitCode.ShouldBe(2);
        }
    }

    [ProgramFact("git", "bwrap")]
    public async Task A_version_that_did_not_come_into_production_is_offered_again()
    {
        await ApproveAsync(1);
        var key = $"models/broken-{Guid.NewGuid()}.tar.gz";
        var broken = await Running.RegisterAgainAsync(package =>
            package["InferenceSpecification"]!["Containers"]![0]!["ModelDataUrl"] = Loop.Bucket.UriOf(key)
        );

        var first = await Running.PlumbAsync("approve", $"{broken}", "--reason", "good on paper");
        var again = await Running.PlumbAsync("approve", $"{broken}", "--reason", "good on paper");
        var settled = await Running.PlumbAsync("approve", "1", "--reason", "once more");

        first.ExitCode.ShouldBe(1);
        again.ExitCode.ShouldBe(1, again.Output + again.Error);
        again.Error.ShouldNotContain("already");
        (await new Ledger(Loop).ReadAsync()).Count(entry => entry.Version == broken && !entry.Deployed).ShouldBe(2);
        settled.ExitCode.ShouldBe(2);
        settled.Error.ShouldContain("is Approved already: ");
        settled.Error.ShouldContain("(it is in production)");
        (await LiveAsync()).ShouldBe(1);
        var told = await new DemoFacts(Loop).AlertsAsync(CancellationToken.None);
        told.ShouldContain(alert => alert.Contains("the endpoint moons is ROLLING_BACK", StringComparison.Ordinal));
    }

    [ProgramFact("git", "bwrap")]
    public async Task An_edit_of_an_approved_version_deploys_nothing()
    {
        await ApproveAsync(1);
        var newer = await Running.RegisterAgainAsync();
        await ApproveAsync(newer);
        var deployments = (await new Ledger(Loop).ReadAsync()).Count;
        foreach (
            var edit in (JsonObject[])
                [
                    new() { ["CustomerMetadataProperties"] = new JsonObject { ["owner"] = "ann" } },
                    new() { ["ApprovalDescription"] = "approved, with a typing error less" },
                    new()
                    {
                        ["ModelLifeCycle"] = new JsonObject { ["Stage"] = "Production", ["StageStatus"] = "Approved" },
                    },
                ]
        )
        {
            edit["ModelPackageArn"] = Loop.Names.PackageArn(1);
            await Loop.Clients.SageMaker.UpdateModelPackageAsync(edit);
        }

        // This decision comes after the edits, so its build runs after any build that they would have started.
        var witness = await Running.RegisterAgainAsync();
        (await Running.PlumbAsync("reject", $"{witness}", "--reason", "a witness")).Succeeded();
        var builds = await Eventually.Async(
            BuildsAsync,
            builds => builds.Count > 0 && DeploysPackage(builds[0], witness) && builds[0].BuildComplete == true
        );
        builds.Count(build => DeploysPackage(build, 1)).ShouldBe(await ApprovalsAsync(1));
        (await LiveAsync()).ShouldBe(newer);
        (await new Ledger(Loop).ReadAsync()).Count.ShouldBe(deployments);
    }

    [NightlyFact("git", "bwrap")]
    public async Task Alarms_that_a_killed_deployment_left_go_with_the_next_one()
    {
        await ApproveAsync(1);
        await ApproveAsync(await Running.RegisterAgainAsync());
        var config = (await DescribeAsync()).EndpointConfigName;
        foreach (var alarm in LoopNames.RollbackAlarms(config))
        {
            await Loop.Clients.CloudWatch.PutMetricAlarmAsync(
                new JsonObject
                {
                    ["AlarmName"] = alarm,
                    ["Namespace"] = "AWS/SageMaker",
                    ["MetricName"] = "Invocations",
                    ["Statistic"] = "Sum",
                    ["Period"] = 60,
                    ["EvaluationPeriods"] = 1,
                    ["Threshold"] = 1,
                    ["ComparisonOperator"] = "GreaterThanThreshold",
                }
            );
        }

        await ApproveAsync(await Running.RegisterAgainAsync());

        var left = await Loop.Clients.CloudWatch.DescribeAlarmsAsync(new JsonObject());
        left.MetricAlarms.Select(alarm => alarm.AlarmName).ShouldBe(Standing);
    }

    [ProgramFact("git", "bwrap")]
    public async Task Status_says_that_a_rejected_version_is_live_and_the_way_out()
    {
        await ApproveAsync(1);
        var bad = await Running.RegisterAgainAsync();
        await ApproveAsync(bad);
        await Loop.Clients.Events.DisableRuleAsync(new JsonObject { ["Name"] = Loop.Names.PackageRule });
        (await Running.PlumbAsync("reject", $"{bad}", "--reason", "late")).Succeeded();

        var status = (await Running.PlumbAsync("status")).Succeeded();

        await Loop.Clients.Events.EnableRuleAsync(new JsonObject { ["Name"] = Loop.Names.PackageRule });
        status.ShouldContain(
            $"Version {bad} is rejected and still in production (late): `plumb rollback --reason ...` goes back to version 1."
        );
        (await Running.PlumbAsync("rollback", "--reason", "as it says"))
            .Succeeded()
            .ShouldContain("deployed: Version 1");
        (await Running.PlumbAsync("status")).Succeeded().ShouldNotContain("rejected");
    }

    private Task ApproveAsync(long version) => live.ApproveAsync(version);

    private async Task RefusedRequestsAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            (await Should.ThrowAsync<AwsException>(() => Running.InvokeAsync("1,2,3,4,5"))).Message.ShouldContain(
                "400"
            );
        }
    }

    private Task<long?> LiveAsync() => live.VersionAsync();

    private Task LiveIsAsync(long version) =>
        Eventually.Async(
            async () => await new ProductionModel(Loop).FindAsync(),
            one => one is { Status: "InService" } && one.PackageArn == Loop.Names.PackageArn(version)
        );

    private Task<DescribeEndpointOutput> DescribeAsync() =>
        Loop.Clients.SageMaker.DescribeEndpointAsync(new JsonObject { ["EndpointName"] = Loop.Names.Endpoint });

    private async Task<int> ApprovalsAsync(long version) =>
        (await Loop.History.ReadAsync()).Count(entry =>
            entry.Act.What is "approve" or "rollback" && entry.Act.Subject == $"version {version}"
        );

    private bool DeploysPackage(Build build, long version) =>
        build.Tree.ToJsonString().Contains($"\"{Loop.Names.PackageArn(version)}\"", StringComparison.Ordinal);

    /// <summary>The deployment builds, newest first.</summary>
    private async Task<IReadOnlyList<Build>> BuildsAsync()
    {
        var listed = await Loop.Clients.CodeBuild.ListBuildsForProjectAsync(
            new JsonObject { ["projectName"] = Loop.Names.DeployProject }
        );
        var ids = listed.Ids.Select(id => JsonValue.Create(id));
        var got = await Loop.Clients.CodeBuild.BatchGetBuildsAsync(
            new JsonObject { ["ids"] = new JsonArray([.. ids]) }
        );
        return [.. got.Builds];
    }
}
