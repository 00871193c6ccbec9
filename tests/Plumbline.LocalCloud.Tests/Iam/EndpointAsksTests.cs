using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Endpoints;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>The actions that SageMaker takes for an endpoint with its model's role.</summary>
[Collection("processes")]
public sealed class EndpointAsksTests(EndpointCloud cloud) : IClassFixture<EndpointCloud>
{
    private const string Guarded = """
        {"BlueGreenUpdatePolicy":{"TrafficRoutingConfiguration":{"Type":"ALL_AT_ONCE","WaitIntervalInSeconds":0},"TerminationWaitInSeconds":600},
         "AutoRollbackConfiguration":{"Alarms":[{"AlarmName":"watched"}]}}
        """;

    private readonly Roles roles = new(cloud.Cloud.CallAsync);

    [Fact]
    public async Task A_model_whose_role_may_not_read_its_archive_is_refused_in_AWSs_words()
    {
        var role = await roles.AllowAllButAsync("blind", "s3:GetObject");

        var refusal = await Should.ThrowAsync<AwsException>(() => ConfigureAsync("unread", role));

        refusal.Code.ShouldBe("ValidationException");
        refusal.Message.ShouldStartWith(
            "Could not access model data at s3://models/unread.tar.gz. Please ensure that the role \"arn:aws:iam::000000000000:role/blind\" exists and "
                + "that its trust relationship policy allows the action \"sts:AssumeRole\" for the service principal \"sagemaker.amazonaws.com\". Also "
                + "ensure that the role has \"s3:GetObject\" permissions and that the object is located in us-east-1."
        );
    }

    [Theory]
    [InlineData("ecr:GetAuthorizationToken")]
    [InlineData("ecr:BatchGetImage")]
    [InlineData("ecr:GetDownloadUrlForLayer")]
    [InlineData("ecr:BatchCheckLayerAvailability")]
    public async Task An_endpoint_whose_role_may_not_pull_its_image_fails_in_AWSs_words(string right)
    {
        var name = $"no-{right[4..]}";
        var role = await roles.AllowAllButAsync(name, right);
        await ConfigureAsync(name, role);

        var endpoint = await CreateAsync(name);

        endpoint.Text("EndpointStatus").ShouldBe("Failed");
        endpoint
            .Text("FailureReason")!
            .ShouldStartWith(
                $"The role '{role}' does not have {right[4..]} permission for the image: '{EndpointCloud.Image}'. (User: "
            );
    }

    [Fact]
    public async Task An_endpoint_whose_role_may_not_read_its_model_any_more_fails_in_AWSs_words()
    {
        await ConfigureAsync("gone", await roles.AllowAllButAsync("forgetful", "logs:*"));
        await roles.AllowAllButAsync("forgetful", "s3:GetObject");

        var endpoint = await CreateAsync("gone");

        endpoint.Text("EndpointStatus").ShouldBe("Failed");
        endpoint
            .Text("FailureReason")!
            .ShouldStartWith(
                "Failed to download model data for container \"container_1\" from URL: \"s3://models/gone.tar.gz\". Please ensure that there is an object "
                    + "located at the URL and that the role passed to CreateModel has permissions to download the object. (User: "
            );
    }

    [Fact]
    public async Task An_update_looks_at_its_alarms_in_the_name_of_the_models_role()
    {
        string[] enough = ["s3:GetObject", "ecr:*", "logs:*"];
        var role = await roles.AllowAsync("watcher", enough);
        await ConfigureAsync("watched-1", role);
        await ConfigureAsync("watched-2", role);
        await PutAlarmAsync();
        (await CreateAsync("watched-1")).Text("EndpointStatus").ShouldBe("InService");

        var refusal = await Should.ThrowAsync<AwsException>(() => cloud.UpdateAsync("watched-1", "watched-2", Guarded));

        refusal.Code.ShouldBe("AccessDeniedException");
        refusal.Message.ShouldBe(
            "User: arn:aws:sts::000000000000:assumed-role/watcher/SageMaker is not authorized to perform: cloudwatch:DescribeAlarms on resource: "
                + "arn:aws:cloudwatch:us-east-1:000000000000:alarm:watched because no identity-based policy allows the cloudwatch:DescribeAlarms action"
        );

        await roles.AllowAsync("watcher", [.. enough, "cloudwatch:DescribeAlarms"]);
        await cloud.UpdateAsync("watched-1", "watched-2", Guarded);
        await Eventually.Async(() => cloud.AskAsync("watched-1", "1"), answer => answer == "watched-2");
        await roles.AllowAsync("watcher", enough);

        var endpoint = await cloud.SettledAsync("watched-1");
        endpoint.Text("EndpointConfigName").ShouldBe("watched-1");
        endpoint.Text("FailureReason")!.ShouldContain("its CloudWatch alarms cannot be read: User: ");
    }

    [Fact]
    public async Task An_update_looks_at_its_alarms_in_the_callers_name_too()
    {
        await ConfigureAsync("called-1", EndpointCloud.Role);
        await PutAlarmAsync();
        (await CreateAsync("called-1")).Text("EndpointStatus").ShouldBe("InService");
        var keys = await cloud.Cloud.OfAsync(
            "deployer",
            """{"Effect":"Allow","Action":"sagemaker:*","Resource":"*"}"""
        );
        using var connection = cloud.Cloud.Connect(keys);
        var update = new JsonObject
        {
            ["EndpointName"] = "called-1",
            ["EndpointConfigName"] = "called-1",
            ["DeploymentConfig"] = JsonNode.Parse(Guarded),
        };

        var refusal = await Should.ThrowAsync<AwsException>(() =>
            new SageMakerClient(connection).UpdateEndpointAsync(update)
        );

        refusal.Message.ShouldStartWith(
            "User: arn:aws:sts::000000000000:assumed-role/deployer/job is not authorized to perform: cloudwatch:DescribeAlarms on resource: "
        );
    }

    private Task ConfigureAsync(string name, string role) =>
        cloud.ConfigureAsync(name, name, change: model => model["ExecutionRoleArn"] = role);

    private async Task<JsonObject> CreateAsync(string name)
    {
        await cloud.SageMaker.CreateEndpointAsync(
            new JsonObject { ["EndpointName"] = name, ["EndpointConfigName"] = name }
        );
        return await cloud.SettledAsync(name);
    }

    private Task PutAlarmAsync() =>
        new CloudWatchClient(cloud.Connection).PutMetricAlarmAsync(
            Json(
                """
                {"AlarmName":"watched","Namespace":"Mine","MetricName":"Errors","Statistic":"Sum","Period":60,"EvaluationPeriods":1,"Threshold":0,
                 "ComparisonOperator":"GreaterThanThreshold","TreatMissingData":"notBreaching"}
                """
            )
        );
}
