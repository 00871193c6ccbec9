using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.Iam;

public sealed class RoleTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Policy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    [Fact]
    public async Task A_role_is_given_back_as_it_was_made_with_its_policy_encoded()
    {
        using var connection = cloud.Connect();
        var iam = new IamClient(connection);
        var input = Connections.Json("""{"RoleName":"made","Description":"d","Tags":[{"Key":"k","Value":"v"}]}""");
        await iam.CreateRoleAsync(input.With("AssumeRolePolicyDocument", RoleSession.Trust));
        var role = (await iam.GetRoleAsync(Connections.Json("""{"RoleName":"made"}"""))).Tree["Role"]!;
        ((string)role["Arn"]!).ShouldBe("arn:aws:iam::000000000000:role/made");
        ((string)role["Description"]!).ShouldBe("d");
        role.AsObject().Int("MaxSessionDuration").ShouldBe(3600);
        ((string)role["Tags"]![0]!["Value"]!).ShouldBe("v");
        var document = (string)role["AssumeRolePolicyDocument"]!;
        document.ShouldStartWith("%7B%22Version%22");
        Uri.UnescapeDataString(document).ShouldBe(RoleSession.Trust);
    }

    [Fact]
    public async Task Names_are_taken_once_and_missing_ones_are_named()
    {
        using var connection = cloud.Connect();
        var iam = new IamClient(connection);
        await CreateAsync(iam, "once");
        (await ErrorAsync(() => CreateAsync(iam, "once"))).ShouldBe(
            (409, "EntityAlreadyExists", "Role with name once already exists.")
        );
        (await ErrorAsync(() => iam.GetRoleAsync(Connections.Json("""{"RoleName":"none"}""")))).ShouldBe(
            (404, "NoSuchEntity", "The role with name none cannot be found.")
        );
        (
            await ErrorAsync(() =>
                iam.CreateRoleAsync(
                    Connections.Json("""{"RoleName":"bad"}""").With("AssumeRolePolicyDocument", "no json")
                )
            )
        ).Code.ShouldBe("MalformedPolicyDocument");
    }

    [Fact]
    public async Task Policies_live_in_their_role()
    {
        using var connection = cloud.Connect();
        var iam = new IamClient(connection);
        await CreateAsync(iam, "holder");
        var name = Connections.Json("""{"RoleName":"holder","PolicyName":"p"}""");
        await iam.PutRolePolicyAsync(name.With("PolicyDocument", Policy));
        (await ErrorAsync(() => iam.PutRolePolicyAsync(name.With("PolicyDocument", "{}")))).Code.ShouldBe(
            "MalformedPolicyDocument"
        );
        var found = await iam.GetRolePolicyAsync(name);
        Uri.UnescapeDataString(found.PolicyDocument).ShouldBe(Policy);
        var holder = Connections.Json("""{"RoleName":"holder"}""");
        (await iam.ListRolePoliciesAsync(holder)).Tree["PolicyNames"]!.ToJsonString().ShouldBe("""["p"]""");
        (await ErrorAsync(() => iam.DeleteRoleAsync(holder))).Code.ShouldBe("DeleteConflict");
        await iam.DeleteRolePolicyAsync(name);
        (await ErrorAsync(() => iam.GetRolePolicyAsync(name))).Code.ShouldBe("NoSuchEntity");
        await iam.DeleteRoleAsync(holder);
        (await ErrorAsync(() => iam.GetRoleAsync(holder))).Code.ShouldBe("NoSuchEntity");
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        using var connection = cloud.Connect();
        var iam = new IamClient(connection);
        await CreateAsync(iam, "page-a");
        await CreateAsync(iam, "page-b");
        var seen = new List<string>();
        var input = Connections.Json("""{"MaxItems":1}""");
        JsonObject page;
        do
        {
            page = await iam.ListRolesAsync(input);
            seen.Add((string)page["Roles"]![0]!["RoleName"]!);
            input["Marker"] = (string?)page["Marker"];
        } while ((bool)page["IsTruncated"]!);

        seen.Where(name => name.StartsWith("page-", StringComparison.Ordinal)).ShouldBe(["page-a", "page-b"]);
    }

    private static Task CreateAsync(IamClient iam, string name) =>
        iam.CreateRoleAsync(new JsonObject { ["RoleName"] = name, ["AssumeRolePolicyDocument"] = RoleSession.Trust });

    private static async Task<(int Status, string Code, string Message)> ErrorAsync(Func<Task> call)
    {
        var error = await Should.ThrowAsync<AwsException>(call);
        return (error.Status, error.Code, error.Message);
    }
}
