using System.Net;
using Amazon.S3.Model;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Tests.Gateway;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Sessions of roles over the wire: their permissions, and the messages of refusals.</summary>
public sealed class AuthorizationTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Everything = """{"Effect":"Allow","Action":"*","Resource":"*"}""";
    private const string Approve = "arn:aws:sagemaker:us-east-1:000000000000:model-package/approving/1";

    [Fact]
    public async Task A_role_may_do_what_its_policies_allow_and_no_more()
    {
        var keys = await cloud.OfAsync(
            "narrow",
            """{"Effect":"Allow","Action":"sagemaker:Describe*","Resource":"arn:aws:sagemaker:us-east-1:000000000000:model/mine-*"}"""
        );
        using var connection = cloud.Connect(keys);
        var sageMaker = new SageMakerClient(connection);

        (
            await ErrorAsync(() => sageMaker.DescribeModelAsync(RoleSession.Tree(new { ModelName = "mine-1" })))
        ).Code.ShouldBe("ValidationException");
        (await ErrorAsync(() => sageMaker.DescribeModelAsync(RoleSession.Tree(new { ModelName = "other" })))).ShouldBe(
            (
                400,
                "AccessDeniedException",
                "User: arn:aws:sts::000000000000:assumed-role/narrow/job is not authorized to perform: sagemaker:DescribeModel on "
                    + "resource: arn:aws:sagemaker:us-east-1:000000000000:model/other because no identity-based policy allows "
                    + "the sagemaker:DescribeModel action"
            )
        );
    }

    [Fact]
    public async Task An_endpoint_answers_the_roles_that_may_ask_it()
    {
        var keys = await cloud.OfAsync(
            "asker",
            """{"Effect":"Allow","Action":"sagemaker:InvokeEndpoint","Resource":"arn:aws:sagemaker:us-east-1:000000000000:endpoint/mine"}"""
        );
        using var connection = cloud.Connect(keys);
        var runtime = new SageMakerRuntimeClient(connection);

        (await ErrorAsync(() => AskAsync("mine"))).Code.ShouldBe("ValidationError");
        (await ErrorAsync(() => AskAsync("others"))).ShouldBe(
            (
                403,
                "AccessDeniedException",
                "User: arn:aws:sts::000000000000:assumed-role/asker/job is not authorized to perform: sagemaker:InvokeEndpoint on "
                    + "resource: arn:aws:sagemaker:us-east-1:000000000000:endpoint/others because no identity-based policy allows "
                    + "the sagemaker:InvokeEndpoint action"
            )
        );

        Task AskAsync(string endpoint) =>
            runtime.InvokeEndpointAsync(new InferenceRequest(endpoint, "1"u8.ToArray(), "text/csv"));
    }

    [Fact]
    public async Task A_role_that_may_register_cannot_approve()
    {
        var keys = await cloud.OfAsync(
            "registrar",
            Everything + """,{"Effect":"Deny","Action":"sagemaker:UpdateModelPackage","Resource":"*"}"""
        );
        using var connection = cloud.Connect(keys);

        var error = await ErrorAsync(() =>
            new SageMakerClient(connection).UpdateModelPackageAsync(
                RoleSession.Tree(new { ModelPackageArn = Approve, ModelApprovalStatus = "Approved" })
            )
        );

        error.Code.ShouldBe("AccessDeniedException");
        error.Message.ShouldEndWith("with an explicit deny in an identity-based policy");
    }

    [Fact]
    public async Task A_role_cannot_widen_itself_or_take_another()
    {
        await cloud.OfAsync("strong", Everything);
        var keys = await cloud.OfAsync("weak", """{"Effect":"Allow","Action":"s3:*","Resource":"*"}""");
        using var connection = cloud.Connect(keys);

        (
            await ErrorAsync(() =>
                new IamClient(connection).PutRolePolicyAsync(
                    RoleSession.Tree(
                        new
                        {
                            RoleName = "weak",
                            PolicyName = "q",
                            PolicyDocument = "{}",
                        }
                    )
                )
            )
        ).ShouldBe(
            (
                403,
                "AccessDenied",
                "User: arn:aws:sts::000000000000:assumed-role/weak/job is not authorized to perform: iam:PutRolePolicy on "
                    + "resource: arn:aws:iam::000000000000:role/weak because no identity-based policy allows the "
                    + "iam:PutRolePolicy action"
            )
        );
        (
            await ErrorAsync(() =>
                new StsClient(connection).AssumeRoleAsync(
                    RoleSession.Tree(new { RoleArn = "arn:aws:iam::000000000000:role/strong", RoleSessionName = "me" })
                )
            )
        ).Code.ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task A_role_is_handed_over_only_by_one_that_may_pass_it_to_that_service()
    {
        const string Pass = """
            {"Effect":"Allow","Action":"sagemaker:*","Resource":"*"},
            {"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::000000000000:role/passed",
            "Condition":{"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}}
            """;
        var keys = await cloud.OfAsync("passer", Pass);
        using var connection = cloud.Connect(keys);
        var sageMaker = new SageMakerClient(connection);

        await sageMaker.CreatePipelineAsync(Pipeline("passed"));
        (await ErrorAsync(() => sageMaker.CreatePipelineAsync(Pipeline("stronger")))).Message.ShouldContain(
            "iam:PassRole on resource: arn:aws:iam::000000000000:role/stronger"
        );

        static System.Text.Json.Nodes.JsonObject Pipeline(string role) =>
            RoleSession.Tree(
                new
                {
                    PipelineName = "of-" + role,
                    PipelineDefinition = """{"Version":"2020-12-01","Steps":[]}""",
                    ClientRequestToken = new string('t', 32),
                    RoleArn = "arn:aws:iam::000000000000:role/" + role,
                }
            );
    }

    [Fact]
    public async Task A_condition_on_what_is_asked_counts()
    {
        var keys = await cloud.OfAsync(
            "namespaced",
            """{"Effect":"Allow","Action":"cloudwatch:PutMetricData","Resource":"*","Condition":{"StringEquals":{"cloudwatch:namespace":"Mine"}}}"""
        );
        using var connection = cloud.Connect(keys);
        var metrics = new CloudWatchClient(connection);

        await metrics.PutMetricDataAsync(Datum("Mine"));
        var error = await ErrorAsync(() => metrics.PutMetricDataAsync(Datum("Plumbline/ModelQuality")));

        error.Message.ShouldContain("is not authorized to perform: cloudwatch:PutMetricData because no identity-based");

        static System.Text.Json.Nodes.JsonObject Datum(string name) =>
            RoleSession.Tree(new { Namespace = name, MetricData = new[] { new { MetricName = "m", Value = 1 } } });
    }

    [Fact]
    public async Task A_change_of_a_policy_counts_from_its_answer_on()
    {
        var keys = await cloud.OfAsync("changing", Everything);
        using var connection = cloud.Connect(keys);
        var sns = new SnsClient(connection);
        await sns.ListTopicsAsync();

        await cloud.CallAsync("iam", "DeleteRolePolicy", new { RoleName = "changing", PolicyName = "p" });

        (await ErrorAsync(() => sns.ListTopicsAsync())).ShouldBe(
            (
                403,
                "AccessDenied",
                "User: arn:aws:sts::000000000000:assumed-role/changing/job is not authorized to perform: sns:ListTopics "
                    + "because no identity-based policy allows the sns:ListTopics action"
            )
        );
        await cloud.RestartAsync();
        using var after = cloud.Connect(keys);
        (await ErrorAsync(() => new SnsClient(after).ListTopicsAsync())).Code.ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task A_role_that_was_never_made_is_let_through()
    {
        using var connection = cloud.Connect(await cloud.IssueAsync("from-elsewhere"));
        await new SnsClient(connection).ListTopicsAsync();
    }

    [Fact]
    public async Task A_role_does_not_move_the_clock()
    {
        var keys = SignedRequests.Of(await cloud.OfAsync("mover", Everything));
        var request = new SignedRequests(cloud.Host) { Keys = keys };

        var (status, body) = await request.SendAsync("POST", "/_plumbline/clock", """{"advanceSeconds":1}""");

        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("only the account");
    }

    private static async Task<(int Status, string Code, string Message)> ErrorAsync(Func<Task> call)
    {
        var error = await Should.ThrowAsync<AwsException>(call);
        return (error.Status, error.Code, error.Message);
    }
}
