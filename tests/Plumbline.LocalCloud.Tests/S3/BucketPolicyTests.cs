using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.LocalCloud.Tests.Gateway;
using Plumbline.LocalCloud.Tests.Iam;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>
/// Bucket policies: storing them, and applying them to sessions of roles and to the account's own key.
/// </summary>
public sealed class BucketPolicyTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Nothing = """{"Effect":"Allow","Action":"sns:ListTopics","Resource":"*"}""";
    private const string Everything = """{"Effect":"Allow","Action":"*","Resource":"*"}""";

    [Fact]
    public async Task A_policy_is_given_back_as_it_was_put_until_it_is_deleted()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var document = Policy(bucket.Name, "Allow", "\"*\"");
        await MissingAsync(bucket);

        var put = await bucket.Client.PutBucketPolicyAsync(bucket.Name, document);

        put.HttpStatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await bucket.Client.GetBucketPolicyAsync(bucket.Name)).Policy.ShouldBe(document);
        (
            await bucket.Client.GetBucketPolicyStatusAsync(
                new GetBucketPolicyStatusRequest { BucketName = bucket.Name }
            )
        ).PolicyStatus.IsPublic.ShouldBe(true);
        await bucket.Client.DeleteBucketPolicyAsync(bucket.Name);
        await MissingAsync(bucket);
    }

    [Theory]
    [InlineData("no json", "must be valid JSON")]
    [InlineData("{}", "Missing required field Statement")]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::BUCKET"}}""",
        "Missing required field Principal"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::another/*"}}""",
        "invalid resource"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":"*","Action":"sns:*","Resource":"arn:aws:s3:::BUCKET"}}""",
        "invalid action"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","Principal":{"AWS":"ann"},"Action":"s3:*","Resource":"arn:aws:s3:::BUCKET"}}""",
        "Invalid principal"
    )]
    [InlineData(
        """{"Statement":{"Effect":"Allow","NotPrincipal":"*","Action":"s3:*","Resource":"arn:aws:s3:::BUCKET"}}""",
        "NotPrincipal"
    )]
    public async Task An_invalid_policy_is_refused_with_its_reason(string document, string reason)
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);

        var error = await Should.ThrowAsync<AmazonS3Exception>(() =>
            bucket.Client.PutBucketPolicyAsync(
                bucket.Name,
                document.Replace("BUCKET", bucket.Name, StringComparison.Ordinal)
            )
        );

        (error.ErrorCode, error.StatusCode).ShouldBe(("MalformedPolicy", HttpStatusCode.BadRequest));
        error.Message.ShouldContain(reason);
        await MissingAsync(bucket);
    }

    [Fact]
    public async Task A_bucket_gives_a_role_what_the_roles_own_policies_do_not()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "text");
        var keys = await cloud.OfAsync("given", Nothing);
        using var connection = cloud.Connect(keys);
        using var s3 = S3ClientFactory.Create(connection);
        await DeniedAsync(() => s3.GetObjectAsync(bucket.Name, "k"), "because no identity-based policy allows");

        await bucket.Client.PutBucketPolicyAsync(
            bucket.Name,
            Policy(bucket.Name, "Allow", """{"AWS":"arn:aws:iam::000000000000:role/given"}""")
        );
        using (await s3.GetObjectAsync(bucket.Name, "k")) { }
        await DeniedAsync(() => s3.DeleteObjectAsync(bucket.Name, "k"), "because no identity-based policy allows");

        await bucket.Client.DeleteBucketPolicyAsync(bucket.Name);
        await DeniedAsync(() => s3.GetObjectAsync(bucket.Name, "k"), "because no identity-based policy allows");
    }

    [Fact]
    public async Task A_deny_of_the_bucket_outweighs_the_roles_policies_also_for_a_copy()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "text");
        using var target = await S3Bucket.CreateAsync(cloud);
        using var connection = cloud.Connect(await cloud.OfAsync("denied", Everything));
        using var s3 = S3ClientFactory.Create(connection);
        using (await s3.GetObjectAsync(bucket.Name, "k")) { }

        await bucket.Client.PutBucketPolicyAsync(
            bucket.Name,
            Policy(bucket.Name, "Deny", """{"AWS":"000000000000"}""")
        );

        await DeniedAsync(
            () => s3.GetObjectAsync(bucket.Name, "k"),
            $"is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::{bucket.Name}/k\" with an explicit deny in a resource-based policy"
        );
        await DeniedAsync(() => s3.CopyObjectAsync(bucket.Name, "k", target.Name, "k"), "explicit deny");
    }

    [Fact]
    public async Task A_deny_holds_for_the_accounts_own_key_which_can_always_take_it_back()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "text");
        var everything =
            $$"""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::{{bucket.Name}}","arn:aws:s3:::{{bucket.Name}}/*"]} }""";
        await bucket.Client.PutBucketPolicyAsync(bucket.Name, everything);

        await DeniedAsync(
            () => bucket.Client.GetObjectAsync(bucket.Name, "k"),
            "explicit deny in a resource-based policy"
        );
        (await bucket.Client.GetBucketPolicyAsync(bucket.Name)).Policy.ShouldBe(everything);
        await bucket.Client.DeleteBucketPolicyAsync(bucket.Name);
        (await bucket.GetTextAsync("k")).ShouldBe("text");
    }

    [Fact]
    public async Task A_policy_for_TLS_only_lets_this_machine_in()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);

        await bucket.Client.PutBucketPolicyAsync(
            bucket.Name,
            Policy(bucket.Name, "Deny", "\"*\"", """{"Bool":{"aws:SecureTransport":"false"}}""")
        );

        await bucket.PutAsync("k", "text");
        (await bucket.GetTextAsync("k")).ShouldBe("text");
    }

    [Fact]
    public async Task A_policy_is_kept_over_a_restart_and_goes_with_its_bucket()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.Client.PutBucketPolicyAsync(bucket.Name, Policy(bucket.Name, "Deny", "\"*\""));

        await cloud.RestartAsync();
        await DeniedAsync(() => bucket.Client.GetObjectAsync(bucket.Name, "k"), "explicit deny");

        await bucket.Client.DeleteBucketAsync(bucket.Name);
        await bucket.Client.PutBucketAsync(bucket.Name);
        (
            await Should.ThrowAsync<AmazonS3Exception>(() => bucket.Client.GetObjectAsync(bucket.Name, "k"))
        ).ErrorCode.ShouldBe("NoSuchKey");
    }

    private static string Policy(string bucket, string effect, string principal, string condition = "{}") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Sid":"One rule","Effect":"{{effect}}","Principal":{{principal}},"Action":"s3:GetObject","Resource":"arn:aws:s3:::{{bucket}}/*","Condition":{{condition}} }]}""";

    /// <summary>Without AWS's client, which turns this error into an empty answer.</summary>
    private async Task MissingAsync(S3Bucket bucket)
    {
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var (status, body) = await requests.SendAsync("GET", $"/{bucket.Name}?policy");
        status.ShouldBe(HttpStatusCode.NotFound);
        body.ShouldContain("<Code>NoSuchBucketPolicy</Code>");
    }

    private static async Task DeniedAsync(Func<Task> call, string because)
    {
        var error = await Should.ThrowAsync<AmazonS3Exception>(call);
        (error.ErrorCode, error.StatusCode).ShouldBe(("AccessDenied", HttpStatusCode.Forbidden));
        error.Message.ShouldContain(because);
    }
}
