using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Managed policies over the wire, and the permissions that they give.</summary>
public sealed class ManagedPolicyTests(RunningCloud cloud) : IClassFixture<RunningCloud>, IDisposable
{
    private readonly List<AwsConnection> sessions = [];

    private const string Topics =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sns:ListTopics","Resource":"*"}}""";

    private const string Nothing =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}""";

    [Fact]
    public async Task An_attached_policy_counts_until_it_is_detached()
    {
        var arn = await CreateAsync("attached", Topics);
        var sns = await SessionAsync("attaching");
        await RefusedAsync(sns);

        await IamAsync("AttachRolePolicy", new { RoleName = "attaching", PolicyArn = arn });
        await sns.ListTopicsAsync();

        await IamAsync("DetachRolePolicy", new { RoleName = "attaching", PolicyArn = arn });
        await RefusedAsync(sns);
    }

    [Fact]
    public async Task The_version_that_is_made_the_default_counts_from_then_on()
    {
        var arn = await CreateAsync("versioned", Nothing);
        var sns = await SessionAsync("versioning");
        await IamAsync("AttachRolePolicy", new { RoleName = "versioning", PolicyArn = arn });
        await RefusedAsync(sns);

        var made = await IamAsync("CreatePolicyVersion", new { PolicyArn = arn, PolicyDocument = Topics });
        made["PolicyVersion"]!["VersionId"]!.GetValue<string>().ShouldBe("v2");
        await RefusedAsync(sns);
        await IamAsync("SetDefaultPolicyVersion", new { PolicyArn = arn, VersionId = "v2" });
        await sns.ListTopicsAsync();

        (await IamAsync("ListPolicyVersions", new { PolicyArn = arn }))
            .Objects("Versions")
            .Select(version => (version.Text("VersionId"), version.Bool("IsDefaultVersion")))
            .ShouldBe([("v1", false), ("v2", true)]);
        (await RefusalAsync("DeletePolicyVersion", new { PolicyArn = arn, VersionId = "v2" })).ShouldBe(
            (409, "DeleteConflict", "Cannot delete the default version of a policy.")
        );
        await IamAsync("DeletePolicyVersion", new { PolicyArn = arn, VersionId = "v1" });
        (await RefusalAsync("GetPolicyVersion", new { PolicyArn = arn, VersionId = "v1" })).Code.ShouldBe(
            "NoSuchEntity"
        );
    }

    [Fact]
    public async Task A_sixth_version_needs_room()
    {
        var arn = await CreateAsync("full", Topics);
        for (var version = 2; version <= 5; version++)
        {
            await IamAsync("CreatePolicyVersion", new { PolicyArn = arn, PolicyDocument = Topics });
        }

        (await RefusalAsync("CreatePolicyVersion", new { PolicyArn = arn, PolicyDocument = Topics })).Code.ShouldBe(
            "LimitExceeded"
        );
    }

    [Fact]
    public async Task What_is_attached_is_not_removed()
    {
        var arn = await CreateAsync("held", Topics);
        await CreateRoleAsync("holding");
        await IamAsync("AttachRolePolicy", new { RoleName = "holding", PolicyArn = arn });

        (await RefusalAsync("DeleteRole", new { RoleName = "holding" })).ShouldBe(
            (409, "DeleteConflict", "Cannot delete entity, must detach all policies first.")
        );
        (await RefusalAsync("DeletePolicy", new { PolicyArn = arn })).ShouldBe(
            (409, "DeleteConflict", "Cannot delete a policy attached to entities.")
        );

        await IamAsync("DetachRolePolicy", new { RoleName = "holding", PolicyArn = arn });
        await IamAsync("DeletePolicy", new { PolicyArn = arn });
        await IamAsync("DeleteRole", new { RoleName = "holding" });
        (await RefusalAsync("GetPolicy", new { PolicyArn = arn })).ShouldBe(
            (404, "NoSuchEntity", $"Policy {arn} was not found.")
        );
    }

    [Fact]
    public async Task A_policy_is_given_back_as_it_was_made_and_listed()
    {
        var made = await IamAsync(
            "CreatePolicy",
            new
            {
                PolicyName = "listed",
                Path = "/team/",
                Description = "d",
                PolicyDocument = Topics,
            }
        );
        var arn = made["Policy"]!["Arn"]!.GetValue<string>();

        arn.ShouldBe("arn:aws:iam::000000000000:policy/team/listed");
        (
            await RefusalAsync(
                "CreatePolicy",
                new
                {
                    PolicyName = "listed",
                    Path = "/team/",
                    PolicyDocument = Topics,
                }
            )
        ).Code.ShouldBe("EntityAlreadyExists");
        var version = (await IamAsync("GetPolicyVersion", new { PolicyArn = arn, VersionId = "v1" }))["PolicyVersion"]!;
        Uri.UnescapeDataString(version["Document"]!.GetValue<string>()).ShouldBe(Topics);
        (await IamAsync("ListPolicies", new { Scope = "Local", PathPrefix = "/team/" }))
            .Objects("Policies")
            .Select(policy => policy.Text("PolicyName"))
            .ShouldBe(["listed"]);
        (await IamAsync("ListPolicies", new { Scope = "AWS" }))
            .Objects("Policies")
            .Select(policy => policy.Text("PolicyName"))
            .ShouldContain("AmazonSageMakerFullAccess");
    }

    [Fact]
    public async Task A_policy_that_is_not_there_or_is_invalid_is_refused()
    {
        await CreateRoleAsync("bare");
        (
            await RefusalAsync(
                "AttachRolePolicy",
                new { RoleName = "bare", PolicyArn = "arn:aws:iam::000000000000:policy/none" }
            )
        ).ShouldBe(
            (404, "NoSuchEntity", "Policy arn:aws:iam::000000000000:policy/none does not exist or is not attachable.")
        );
        (await RefusalAsync("CreatePolicy", new { PolicyName = "bad", PolicyDocument = "{}" })).Code.ShouldBe(
            "MalformedPolicyDocument"
        );
    }

    [Theory]
    [InlineData("AdministratorAccess", true)]
    [InlineData("AmazonSageMakerFullAccess", true)]
    [InlineData("AmazonS3ReadOnlyAccess", false)]
    [InlineData("service-role/NobodyKnowsThisOne", false)]
    public async Task A_policy_of_AWSs_allows_what_it_is_known_to_say(string policy, bool allowsTopics)
    {
        var role = "with-" + policy.Split('/')[^1];
        var sns = await SessionAsync(role);
        await IamAsync("AttachRolePolicy", new { RoleName = role, PolicyArn = "arn:aws:iam::aws:policy/" + policy });

        await (allowsTopics ? sns.ListTopicsAsync() : RefusedAsync(sns));
    }

    [Fact]
    public async Task A_boundary_limits_what_a_role_may_do()
    {
        var boundary = await CreateAsync("boundary", Nothing);
        await IamAsync(
            "CreateRole",
            new
            {
                RoleName = "bounded",
                AssumeRolePolicyDocument = RoleSession.Trust,
                PermissionsBoundary = boundary,
            }
        );
        await IamAsync(
            "AttachRolePolicy",
            new { RoleName = "bounded", PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" }
        );
        using var connection = cloud.Connect(await cloud.IssueAsync("bounded"));

        var error = await Should.ThrowAsync<AwsException>(() => new SnsClient(connection).ListTopicsAsync());

        error.Message.ShouldEndWith("because no permissions boundary allows the sns:ListTopics action");
    }

    public void Dispose() => sessions.ForEach(session => session.Dispose());

    private async Task<SnsClient> SessionAsync(string role)
    {
        await CreateRoleAsync(role);
        sessions.Add(cloud.Connect(await cloud.IssueAsync(role)));
        return new SnsClient(sessions[^1]);
    }

    private static async Task<JsonObject> RefusedAsync(SnsClient sns)
    {
        (await Should.ThrowAsync<AwsException>(() => sns.ListTopicsAsync())).Code.ShouldBe("AccessDenied");
        return [];
    }

    private Task CreateRoleAsync(string role) =>
        IamAsync("CreateRole", new { RoleName = role, AssumeRolePolicyDocument = RoleSession.Trust });

    private async Task<string> CreateAsync(string name, string document) =>
        (await IamAsync("CreatePolicy", new { PolicyName = name, PolicyDocument = document }))["Policy"]![
            "Arn"
        ]!.GetValue<string>();

    private Task<JsonObject> IamAsync(string operation, object input) => cloud.CallAsync("iam", operation, input);

    private async Task<(int Status, string Code, string Message)> RefusalAsync(string operation, object input)
    {
        var error = await cloud.RefusalAsync("iam", operation, input);
        return (error.Status, error.Code, error.Message);
    }
}
