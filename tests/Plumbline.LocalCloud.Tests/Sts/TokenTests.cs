using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Tests.Iam;

namespace Plumbline.LocalCloud.Tests.Sts;

public sealed class TokenTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Trust = RoleSession.Trust;

    [Fact]
    public async Task The_accounts_own_keys_are_its_root()
    {
        using var connection = cloud.Connect();
        var identity = await new StsClient(connection).GetCallerIdentityAsync();
        identity.Account.ShouldBe("000000000000");
        identity.Arn.ShouldBe("arn:aws:iam::000000000000:root");
    }

    [Fact]
    public async Task Keys_of_a_role_make_its_calls()
    {
        using var connection = cloud.Connect();
        await new IamClient(connection).CreateRoleAsync(
            Connections.Json("""{"RoleName":"worker","Path":"/jobs/"}""").With("AssumeRolePolicyDocument", Trust)
        );
        var assumed = await new StsClient(connection).AssumeRoleAsync(
            Connections.Json("""{"RoleArn":"arn:aws:iam::000000000000:role/jobs/worker","RoleSessionName":"me"}""")
        );
        var keys = assumed.Credentials;
        using var asRole = AwsConnection.WithKeys(
            "us-east-1",
            new SigningCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken),
            cloud.Host.Endpoint
        );
        var identity = await new StsClient(asRole).GetCallerIdentityAsync();
        identity.Arn.ShouldBe("arn:aws:sts::000000000000:assumed-role/worker/me");
        ((string)identity.Tree["UserId"]!).ShouldBe((string)assumed.Tree["AssumedRoleUser"]!["AssumedRoleId"]!);
    }

    [Fact]
    public async Task A_role_that_is_not_there_may_not_be_assumed()
    {
        using var connection = cloud.Connect();
        var error = await Should.ThrowAsync<AwsException>(() =>
            new StsClient(connection).AssumeRoleAsync(
                Connections.Json("""{"RoleArn":"arn:aws:iam::000000000000:role/none","RoleSessionName":"me"}""")
            )
        );
        (error.Code, error.Status).ShouldBe(("AccessDenied", 403));
        error.Message.ShouldContain("sts:AssumeRole on resource: arn:aws:iam::000000000000:role/none");
    }

    [Fact]
    public async Task Wrong_keys_are_told_in_the_query_protocols_words()
    {
        using var connection = AwsConnection.WithKeys(
            "us-east-1",
            new SigningCredentials("AKIAUNKNOWNUNKNOWN12", "secret"),
            cloud.Host.Endpoint
        );
        var error = await Should.ThrowAsync<AwsException>(() => new StsClient(connection).GetCallerIdentityAsync());
        (error.Code, error.Status).ShouldBe(("InvalidClientTokenId", 403));
    }
}
