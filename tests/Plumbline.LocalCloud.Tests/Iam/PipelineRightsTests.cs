using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>The local cloud's own calls with a role must be allowed by its policies, like AWS's.</summary>
public sealed class PipelineRightsTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Group = "arn:aws:sagemaker:us-east-1:000000000000:model-package-group/guarded";

    private static readonly string Role = PipelineCalls.Role.Split('/')[^1];
    private static readonly string Registering = $$"""{"Steps":[{{StepTexts.Register("First", "\"guarded\"")}}]}""";

    private readonly PipelineCalls pipelines = new(cloud);
    private readonly Roles roles = new(cloud.CallAsync);

    [Theory]
    [InlineData("sagemaker:CreateModelPackageGroup")]
    [InlineData("sagemaker:AddTags")]
    public async Task A_registration_makes_and_tags_its_group_in_the_pipelines_name_also_where_it_is_there(string right)
    {
        await MakeGroupAsync();
        await roles.AllowAllButAsync(Role, right);

        var (refused, steps) = await pipelines.RunAsync(NameOf(right), Registering);

        refused.ShouldBe("Failed");
        var reason = steps["First"].Text("FailureReason")!;
        reason.ShouldStartWith(
            "ClientError: Failed to invoke sagemaker:CreateModelPackageGroup. Error Details: User: "
        );
        reason.ShouldContain(
            $"is not authorized to perform: {right} on resource: {Group} because no identity-based policy allows the {right} action"
        );
    }

    [Fact]
    public async Task A_registration_tags_its_version_in_the_pipelines_name()
    {
        await MakeGroupAsync();
        await roles.PutAsync(
            Role,
            $$"""
            {"Effect":"Allow","NotAction":"sagemaker:AddTags","Resource":"*"},
            {"Effect":"Allow","Action":"sagemaker:AddTags","Resource":"{{Group}}"}
            """
        );

        var (refused, steps) = await pipelines.RunAsync("Untagged", Registering);

        refused.ShouldBe("Failed");
        var reason = steps["First"].Text("FailureReason")!;
        reason.ShouldStartWith("ClientError: Failed to invoke sagemaker:CreateModelPackage. Error Details: User: ");
        reason.ShouldContain(
            "sagemaker:AddTags on resource: arn:aws:sagemaker:us-east-1:000000000000:model-package/guarded/* because"
        );
    }

    [Fact]
    public async Task With_the_rights_to_make_and_to_tag_a_registration_goes_on()
    {
        await MakeGroupAsync();
        await roles.AllowAsync(
            Role,
            "sagemaker:CreateModelPackage",
            "sagemaker:DescribeModelPackage",
            "sagemaker:CreateModelPackageGroup",
            "sagemaker:AddTags"
        );

        (await pipelines.RunAsync("Allowed", Registering)).Status.ShouldBe("Succeeded");
    }

    [Theory]
    [InlineData("sagemaker:CreateModel")]
    [InlineData("sagemaker:AddTags")]
    [InlineData("iam:PassRole")]
    public async Task A_step_makes_and_tags_what_it_is_for_in_the_pipelines_name(string right)
    {
        await roles.AllowAllButAsync(Role, right);

        var (refused, steps) = await pipelines.RunAsync(
            "Model" + NameOf(right),
            $$"""{"Steps":[{{StepTexts.Model("Made")}}]}"""
        );

        refused.ShouldBe("Failed");
        var reason = steps["Made"].Text("FailureReason")!;
        reason.ShouldStartWith("ClientError: Failed to invoke sagemaker:CreateModel. Error Details: User: ");
        reason.ShouldContain($"is not authorized to perform: {right} on resource: ");
    }

    private static string NameOf(string right) => $"Without{right.Replace(":", "", StringComparison.Ordinal)}";

    private async Task MakeGroupAsync()
    {
        try
        {
            await pipelines.CallAsync("CreateModelPackageGroup", new { ModelPackageGroupName = "guarded" });
        }
        catch (Aws.Errors.AwsException exists)
            when (exists.Message.Contains("already exists", StringComparison.Ordinal))
        {
            // Another test has made it.
        }
    }
}
