using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>A local cloud that was started with <c>--strict-roles</c>.</summary>
public sealed class StrictRolesTests : IAsyncLifetime
{
    private readonly RunningCloud cloud = new() { StrictRoles = true };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_session_of_a_role_that_was_never_made_may_do_nothing()
    {
        using var connection = cloud.Connect(await cloud.IssueAsync("from-elsewhere"));
        var sns = new SnsClient(connection);

        var error = await Should.ThrowAsync<AwsException>(() => sns.ListTopicsAsync());

        (error.Status, error.Code, error.Message).ShouldBe(
            (
                403,
                "AccessDenied",
                "User: arn:aws:sts::000000000000:assumed-role/from-elsewhere/job is not authorized to perform: sns:ListTopics "
                    + "because no identity-based policy allows the sns:ListTopics action"
            )
        );

        // After it is made, its policies apply.
        await cloud.OfAsync("from-elsewhere", """{"Effect":"Allow","Action":"sns:*","Resource":"*"}""");
        await sns.ListTopicsAsync();
    }

    [Fact]
    public async Task A_role_that_was_never_made_is_handed_to_no_service()
    {
        var error = await cloud.RefusalAsync(
            "sagemaker",
            "CreatePipeline",
            new
            {
                PipelineName = "p",
                PipelineDefinition = """{"Version":"2020-12-01","Steps":[]}""",
                ClientRequestToken = new string('t', 32),
                RoleArn = "arn:aws:iam::111111111111:role/from-elsewhere",
            }
        );

        (error.Code, error.Message).ShouldBe(
            (
                "ValidationException",
                "Could not assume role arn:aws:iam::111111111111:role/from-elsewhere. Please ensure that the role exists and "
                    + "allows principal 'sagemaker.amazonaws.com' to assume the role."
            )
        );
    }
}
