using Plumbline.Loop.Costs;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests.Costs;

/// <summary>The costs of a loop, compared with amounts calculated by hand from AWS's prices.</summary>
public class LoopCostTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public void The_defaults_cost_what_the_price_list_says()
    {
        var cost = LoopCost.Of(Project(""), Day, TenMinutes);

        cost.Lines.Select(line => (line.What, line.Dollars))
            .ShouldBe([
                ("training run, as expected", 705.02m), // 2 x 24 h x $14.688
                ("training run, at its limit", 1_410.05m), // 2 x 48 h x $14.688
                ("its small jobs, at their limit", 4.60m), // 5 x 4 h x $0.23
                ("endpoint a month", 537.57m), // 730 h x $0.7364
                ("an update's second fleet", 0.18m), // 10 min + 5 min = 0.25 h x $0.7364
                ("monitoring a month, as expected", 1.17m), // 365 / 12 x 1/6 h = 5.07 h x $0.23
                ("monitoring a month, at its limit", 27.98m), // 365 / 12 x 4 h = 121.67 h x $0.23
            ]);
        cost.Unpriced.ShouldBeEmpty();
    }

    [Fact]
    public void Two_instances_cost_twice_as_much() =>
        LoopCost.Endpoint(Project("endpoint: {count: 2}")).Dollars.ShouldBe(1_075.14m); // 2 x 730 h x $0.7364

    [Fact]
    public void A_training_that_is_expected_to_take_longer_than_it_may_ends_at_its_limit() =>
        LoopCost
            .Of(Project("training: {instance: ml.g6.12xlarge, maxRuntime: 12h}"), Day, TenMinutes)
            .Lines[0]
            .Dollars.ShouldBe(138.05m); // 2 x 12 h x $5.752

    [Theory]
    [InlineData("schedule: hourly", 730 / 6.0)]
    [InlineData("schedule: rate(12 hours)", 730 / 12.0 / 6)]
    [InlineData("schedule: weekly", 52 / 12.0 / 6)]
    [InlineData("schedule: 'cron(0 0 1 * ? *)', window: 30d", 1 / 6.0)]
    public void Monitoring_costs_as_often_as_it_runs(string schedule, double hours) =>
        LoopCost.Of(Project($"monitor: {{{schedule}}}"), Day, TenMinutes).Lines[5].Hours.ShouldBe(hours, 0.005);

    [Fact]
    public void The_projects_own_prices_come_first()
    {
        var cost = LoopCost.Of(Project("prices: {ml.p3.8xlarge: 10, ml.g4dn.xlarge: 0.5}"), Day, TenMinutes);

        cost.Lines[0].Dollars.ShouldBe(480m); // 2 x 24 h x $10
        cost.Lines[3].Dollars.ShouldBe(365m); // 730 h x $0.50
        cost.Lines[2].Dollars.ShouldBe(4.60m); // the price comes from the table, because the project does not set it
    }

    [Fact]
    public void A_type_without_price_is_named_and_is_not_free()
    {
        var cost = LoopCost.Of(Project("training: {instance: ml.p5.48xlarge}"), Day, TenMinutes);

        cost.Lines[0].Dollars.ShouldBeNull();
        cost.Unpriced.ShouldBe(["ml.p5.48xlarge"]);
    }

    [Fact]
    public void A_linear_update_has_two_fleets_for_all_its_steps() =>
        LoopCost
            .Of(Project("endpoint: {count: 4, routing: linear, step: 25%, bake: 30m}"), Day, TenMinutes)
            .Lines[4]
            .Dollars.ShouldBe(6.39m); // 10 min + 4 x 30 min = 2.17 h x 4 x $0.7364

    [Fact]
    public void Captures_cost_by_their_share_and_their_retention()
    {
        var all = LoopCost.Of(Project(""), Day, TenMinutes, requests: 10_000_000).Storage;
        var some = LoopCost
            .Of(Project("capture: {share: 10%, retention: 30d}"), Day, TenMinutes, requests: 10_000_000)
            .Storage;

        (all[0].Gigabytes, all[0].Dollars).ShouldBe((4_000, 92m)); // 10 GB a day x 400 days x $0.023
        (some[0].Gigabytes, some[0].Dollars).ShouldBe((30, 0.69m));
        (all[1].Gigabytes, all[1].Dollars).ShouldBe((60.83, 30.42m)); // 2 GB a day x 365 / 12 x $0.50
    }

    [Fact]
    public void A_spot_training_is_said_to_be_one()
    {
        LoopCost.Of(Project("training: {spot: true}"), Day, TenMinutes).Spot.ShouldBeTrue();
        LoopCost.Of(Project(""), Day, TenMinutes).Spot.ShouldBeFalse();
    }

    [Fact]
    public void A_schedule_that_is_none_is_named() =>
        Should
            .Throw<UserError>(() =>
                LoopCost.Of(Project("monitor: {schedule: 'cron(0 3 * * * *)', window: 24h}"), Day, TenMinutes)
            )
            .Place.ShouldBe("plumbline.yaml monitor.schedule");

    private static ProjectDescription Project(string more) =>
        ProjectDescription.Parse($"name: churn\ndata: {{file: customers.csv}}\nlabels: [stays, leaves]\n{more}\n");
}
