using Plumbline.Cli.Commands;
using Plumbline.Loop.Costs;
using Plumbline.Records.Project;

namespace Plumbline.Cli.Tests;

/// <summary>The cost that an approver sees before the endpoint is made.</summary>
public sealed class EndpointCostTests
{
    private static readonly ProjectDescription Project = ProjectDescription.Parse(
        "name: churn\ndata: {file: customers.csv}\nlabels: [stays, leaves]\nendpoint: {count: 2}\n"
    );

    [Fact]
    public void The_endpoints_month_has_its_price() =>
        CostCommand
            .EndpointLine(LoopCost.Endpoint(Project))
            .ShouldBe("On AWS the endpoint (2 x ml.g4dn.xlarge) costs about $1,075.14 a month.");

    [Fact]
    public void An_instance_type_without_price_is_named()
    {
        var unpriced = Project with { Endpoint = new EndpointDescription { Instance = "ml.p5.48xlarge" } };

        CostCommand
            .EndpointLine(LoopCost.Endpoint(unpriced))
            .ShouldContain("1 x ml.p5.48xlarge, whose price is unknown");
    }
}
