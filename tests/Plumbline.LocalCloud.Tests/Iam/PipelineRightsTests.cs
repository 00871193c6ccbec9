using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Pipelines;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>The local cloud's own calls in the name of a role are held to its policies, as AWS's are.</summary>
public sealed class PipelineRightsTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private readonly PipelineCalls pipelines = new(cloud);

    [Fact]
    public async Task A_registration_makes_its_group_in_the_pipelines_name_also_where_it_is_there()
    {
        await pipelines.CallAsync("CreateModelPackageGroup", new { ModelPackageGroupName = "guarded" });
        await AllowAsync("sagemaker:CreateModelPackage", "sagemaker:DescribeModelPackage");
        var definition = $$"""{"Steps":[{{PipelineExecutionTests.Register("First", "\"guarded\"")}}]}""";

        var (refused, steps) = await pipelines.RunAsync("Refused", definition);

        refused.ShouldBe("Failed");
        steps["First"]
            .Text("FailureReason")!
            .ShouldContain(
                "is not authorized to perform: sagemaker:CreateModelPackageGroup on resource: arn:aws:sagemaker:us-east-1:000000000000:model-package-group/guarded because no identity-based policy allows the sagemaker:CreateModelPackageGroup action"
            );

        await AllowAsync(
            "sagemaker:CreateModelPackage",
            "sagemaker:DescribeModelPackage",
            "sagemaker:CreateModelPackageGroup"
        );
        (await pipelines.RunAsync("Allowed", definition)).Status.ShouldBe("Succeeded");
    }

    private async Task AllowAsync(params string[] actions)
    {
        var role = PipelineCalls.Role.Split('/')[^1];
        try
        {
            await cloud.CallAsync(
                "iam",
                "CreateRole",
                new { RoleName = role, AssumeRolePolicyDocument = RoleSession.Trust }
            );
        }
        catch (Aws.Errors.AwsException exists) when (exists.Code == "EntityAlreadyExists")
        {
            // The second time.
        }

        var list = string.Join(',', actions.Select(action => $"\"{action}\""));
        await cloud.CallAsync(
            "iam",
            "PutRolePolicy",
            new
            {
                RoleName = role,
                PolicyName = "p",
                PolicyDocument = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":[{{list}}],"Resource":"*"} }""",
            }
        );
    }
}
