using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.Sts;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Trust policies over the wire, for callers that assume a role and for services that get one.</summary>
public sealed class TrustTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Account = """{"AWS":"arn:aws:iam::000000000000:root"}""";
    private const string Pipelines = """{"Version":"2020-12-01","Steps":[]}""";

    [Theory]
    [InlineData("arn:aws:iam::000000000000:role/loop", "loop")]
    [InlineData("arn:aws:iam::000000000000:role/team/loop", "loop")]
    [InlineData("arn:aws:iam::000000000000:roleloop", "arn:aws:iam::000000000000:roleloop")]
    public void A_text_without_a_slash_does_not_act_as_the_role_that_it_ends_with(string roleArn, string role) =>
        Caller.OfRole(roleArn, "session").RoleName.ShouldBe(role);

    [Fact]
    public async Task The_accounts_key_assumes_only_a_role_that_trusts_the_account()
    {
        await RoleAsync("for-us", Account);
        await RoleAsync("for-sagemaker", """{"Service":"sagemaker.amazonaws.com"}""");
        using var root = cloud.Connect();

        await AssumeAsync(root, "for-us");
        (await RefusalAsync(root, "for-sagemaker")).ShouldBe(
            (
                403,
                "AccessDenied",
                "User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: "
                    + "arn:aws:iam::000000000000:role/for-sagemaker"
            )
        );
    }

    [Fact]
    public async Task A_role_assumes_one_that_trusts_the_account_only_where_its_own_policies_allow_it()
    {
        await RoleAsync("target", Account);
        using var weak = cloud.Connect(await cloud.OfAsync("weak-caller", Statement("s3:*", "*")));
        using var strong = cloud.Connect(
            await cloud.OfAsync("strong-caller", Statement("sts:AssumeRole", "arn:aws:iam::000000000000:role/target"))
        );

        (await RefusalAsync(weak, "target")).Code.ShouldBe("AccessDenied");
        await AssumeAsync(strong, "target");
    }

    [Fact]
    public async Task A_role_that_is_named_by_the_trust_policy_needs_no_policy_of_its_own()
    {
        using var named = cloud.Connect(await cloud.OfAsync("named-caller", Statement("s3:*", "*")));
        await RoleAsync("names", """{"AWS":"arn:aws:iam::000000000000:role/named-caller"}""");
        using var other = cloud.Connect(await cloud.OfAsync("other-caller", Statement("*", "*")));

        await AssumeAsync(named, "names");
        (await RefusalAsync(other, "names")).Code.ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task An_external_id_is_asked_for()
    {
        await RoleAsync("external", Account, """,{"StringEquals":{"sts:ExternalId":"12345"}}""");
        using var root = cloud.Connect();

        (await RefusalAsync(root, "external")).Code.ShouldBe("AccessDenied");
        (await RefusalAsync(root, "external", "54321")).Code.ShouldBe("AccessDenied");
        await AssumeAsync(root, "external", "12345");
    }

    [Fact]
    public async Task A_changed_trust_policy_counts_at_once()
    {
        await RoleAsync("changes", Account);
        using var root = cloud.Connect();
        await AssumeAsync(root, "changes");

        await cloud.CallAsync(
            "iam",
            "UpdateAssumeRolePolicy",
            new { RoleName = "changes", PolicyDocument = Trust("""{"Service":"sagemaker.amazonaws.com"}""") }
        );

        (await RefusalAsync(root, "changes")).Code.ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task SageMaker_takes_only_a_role_that_trusts_it()
    {
        await RoleAsync("not-sagemakers", """{"Service":"codebuild.amazonaws.com"}""");
        await RoleAsync("sagemakers", """{"Service":"sagemaker.amazonaws.com"}""");

        await cloud.CallAsync("sagemaker", "CreatePipeline", Pipeline("sagemakers"));
        var error = await cloud.RefusalAsync("sagemaker", "CreatePipeline", Pipeline("not-sagemakers"));

        (error.Status, error.Code, error.Message).ShouldBe(
            (
                400,
                "ValidationException",
                "Could not assume role arn:aws:iam::000000000000:role/not-sagemakers. Please ensure that the role exists and "
                    + "allows principal 'sagemaker.amazonaws.com' to assume the role."
            )
        );
    }

    [Fact]
    public async Task SageMaker_acts_for_this_account_and_for_the_resource_that_it_makes()
    {
        await RoleAsync(
            "of-account",
            """{"Service":"sagemaker.amazonaws.com"}""",
            Source("000000000000", "pipeline/*")
        );
        await RoleAsync(
            "of-another",
            """{"Service":"sagemaker.amazonaws.com"}""",
            Source("111111111111", "pipeline/*")
        );
        await RoleAsync("of-models", """{"Service":"sagemaker.amazonaws.com"}""", Source("000000000000", "model/*"));

        await cloud.CallAsync("sagemaker", "CreatePipeline", Pipeline("of-account"));
        foreach (var role in new[] { "of-another", "of-models" })
        {
            (await cloud.RefusalAsync("sagemaker", "CreatePipeline", Pipeline(role))).Message.ShouldContain(
                "Could not assume role"
            );
        }

        static string Source(string account, string resource) =>
            $$$""","Condition":{"StringEquals":{"aws:SourceAccount":"{{{account}}}"},"ArnLike":{"aws:SourceArn":"arn:aws:sagemaker:*:*:{{{resource}}}"}}""";
    }

    [Fact]
    public async Task CodeBuild_and_EventBridge_refuse_in_their_own_words()
    {
        await RoleAsync("nobodys", """{"Service":"sagemaker.amazonaws.com"}""");
        const string Arn = "arn:aws:iam::000000000000:role/nobodys";

        var build = await cloud.RefusalAsync("codebuild", "CreateProject", new { name = "p", serviceRole = Arn });
        (build.Status, build.Code).ShouldBe((400, "InvalidInputException"));
        build.Message.ShouldStartWith("CodeBuild is not authorized to perform: sts:AssumeRole on service role.");
        var rule = await cloud.RefusalAsync(
            "events",
            "PutRule",
            new
            {
                Name = "r",
                ScheduleExpression = "rate(1 day)",
                RoleArn = Arn,
            }
        );
        (rule.Code, rule.Message).ShouldBe(
            ("ValidationException", $"Provided role '{Arn}' cannot be assumed by principal 'events.amazonaws.com'.")
        );
    }

    [Fact]
    public async Task A_role_is_asked_about_with_its_path()
    {
        await cloud.CallAsync(
            "iam",
            "CreateRole",
            new
            {
                RoleName = "deep",
                Path = "/team/red/",
                AssumeRolePolicyDocument = RoleSession.Trust,
            }
        );
        using var allowed = cloud.Connect(
            await cloud.OfAsync("reader", Statement("iam:GetRole", "arn:aws:iam::000000000000:role/team/red/*"))
        );
        using var flat = cloud.Connect(
            await cloud.OfAsync("flat-reader", Statement("iam:GetRole", "arn:aws:iam::000000000000:role/deep"))
        );
        var deep = RoleSession.Tree(new { RoleName = "deep" });

        await new IamClient(allowed).GetRoleAsync(deep);
        (await Should.ThrowAsync<AwsException>(() => new IamClient(flat).GetRoleAsync(deep))).Message.ShouldContain(
            "on resource: arn:aws:iam::000000000000:role/team/red/deep because"
        );
        (await cloud.RefusalAsync("sagemaker", "CreatePipeline", Pipeline("deep"))).Message.ShouldContain(
            "Could not assume role arn:aws:iam::000000000000:role/deep."
        );
        await cloud.CallAsync("sagemaker", "CreatePipeline", Pipeline("team/red/deep"));
    }

    [Fact]
    public async Task A_session_of_a_role_with_a_path_is_its_ARN_and_its_tags_to_conditions()
    {
        await cloud.CallAsync(
            "iam",
            "CreateRole",
            new
            {
                RoleName = "tagged",
                Path = "/team/",
                AssumeRolePolicyDocument = RoleSession.Trust,
                Tags = new[] { new { Key = "team", Value = "red" } },
            }
        );
        await cloud.CallAsync(
            "iam",
            "PutRolePolicy",
            new
            {
                RoleName = "tagged",
                PolicyName = "p",
                PolicyDocument = """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sns:*","Resource":"arn:aws:sns:*:*:${aws:PrincipalTag/team}",
                "Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::000000000000:role/team/tagged"}}}}
                """,
            }
        );
        using var connection = cloud.Connect(await cloud.IssueAsync("team/tagged"));
        var sns = new SnsClient(connection);

        await sns.CreateTopicAsync(RoleSession.Tree(new { Name = "red" }));
        await Should.ThrowAsync<AwsException>(() => sns.CreateTopicAsync(RoleSession.Tree(new { Name = "blue" })));
    }

    private static object Pipeline(string role) =>
        new
        {
            PipelineName = "of-" + role.Split('/')[^1] + (role.Contains('/', StringComparison.Ordinal) ? "-path" : ""),
            PipelineDefinition = Pipelines,
            ClientRequestToken = new string('t', 32),
            RoleArn = "arn:aws:iam::000000000000:role/" + role,
        };

    private static string Statement(string action, string resource) =>
        $$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""";

    private static string Trust(string principal, string rest = "") =>
        $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{{principal}},"Action":"sts:AssumeRole"{{rest}}} }""";

    private Task RoleAsync(string name, string principal, string condition = "") =>
        cloud.CallAsync(
            "iam",
            "CreateRole",
            new
            {
                RoleName = name,
                AssumeRolePolicyDocument = Trust(
                    principal,
                    condition.StartsWith(",{", StringComparison.Ordinal)
                        ? ",\"Condition\":" + condition[1..]
                        : condition
                ),
            }
        );

    private static Task<AssumeRoleResponse> AssumeAsync(
        AwsConnection connection,
        string role,
        string? externalId = null
    )
    {
        var input = RoleSession.Tree(
            new { RoleArn = "arn:aws:iam::000000000000:role/" + role, RoleSessionName = "me" }
        );
        if (externalId is not null)
        {
            input["ExternalId"] = externalId;
        }

        return new StsClient(connection).AssumeRoleAsync(input);
    }

    private static async Task<(int Status, string Code, string Message)> RefusalAsync(
        AwsConnection connection,
        string role,
        string? externalId = null
    )
    {
        var error = await Should.ThrowAsync<AwsException>(() => AssumeAsync(connection, role, externalId));
        return (error.Status, error.Code, error.Message);
    }
}
