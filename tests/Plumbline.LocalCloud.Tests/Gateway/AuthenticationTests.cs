using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway.Credentials;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>
/// A correctly signed request for a missing operation gets 501, which is enough to prove that the signature was
/// accepted.
/// </summary>
public sealed class AuthenticationTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string LetIn = "NotImplemented";

    private static readonly Dictionary<string, string> NoSuchOperation = new()
    {
        ["X-Amz-Target"] = "SageMaker.CreateWorkteam",
        ["Content-Type"] = "application/x-amz-json-1.1",
    };

    [Fact]
    public async Task The_accounts_own_keys_are_let_in() =>
        (await Call(new SignedRequests(cloud.Host))).Body.ShouldContain(LetIn);

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        var keys = SignedRequests.Of(cloud.Host.Keys) with { SecretAccessKey = "wrong" };
        await Refused(new SignedRequests(cloud.Host) { Keys = keys }, 403, "InvalidSignatureException");
    }

    [Fact]
    public async Task An_unknown_key_is_refused()
    {
        var keys = new SigningCredentials("AKIAUNKNOWNUNKNOWN12", "secret");
        await Refused(new SignedRequests(cloud.Host) { Keys = keys }, 403, "UnrecognizedClientException");
    }

    [Fact]
    public async Task A_body_that_was_not_signed_is_refused()
    {
        var answer = await new SignedRequests(cloud.Host).SendAsync(
            "POST",
            "/",
            "{}",
            NoSuchOperation,
            sent: Encoding.UTF8.GetBytes("{ }")
        );
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldContain("InvalidSignatureException");
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(16)]
    public async Task A_time_more_than_15_minutes_off_is_refused(int minutes) =>
        await Refused(
            new SignedRequests(cloud.Host) { Time = DateTimeOffset.UtcNow.AddMinutes(minutes) },
            403,
            "InvalidSignatureException"
        );

    [Theory]
    [InlineData(-14)]
    [InlineData(14)]
    public async Task A_time_less_than_15_minutes_off_is_let_in(int minutes)
    {
        var requests = new SignedRequests(cloud.Host) { Time = DateTimeOffset.UtcNow.AddMinutes(minutes) };
        (await Call(requests)).Body.ShouldContain(LetIn);
    }

    [Fact]
    public async Task A_request_without_a_signature_is_refused()
    {
        var requests = new SignedRequests(cloud.Host);
        var wire = requests.Wire("POST", "/", "{}", NoSuchOperation);
        var (status, body) = await requests.SendAsync(wire, "/", wire.Body.ToArray());
        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("MissingAuthenticationToken");
    }

    [Fact]
    public async Task A_signature_for_another_service_is_refused() =>
        (await Call(new SignedRequests(cloud.Host) { Service = "events" })).Body.ShouldContain(
            "Credential should be scoped to correct service: 'sagemaker'."
        );

    [Fact]
    public async Task Temporary_keys_need_their_session_token()
    {
        var store = cloud.Host.Services.GetRequiredService<CredentialStore>();
        var keys = SignedRequests.Of(
            await store.IssueAsync("arn:aws:iam::000000000000:role/r", "s", TimeSpan.FromHours(1))
        );
        (await Call(new SignedRequests(cloud.Host) { Keys = keys })).Body.ShouldContain(LetIn);
        var bare = keys with { SessionToken = null };
        await Refused(new SignedRequests(cloud.Host) { Keys = bare }, 403, "UnrecognizedClientException");
        var another = keys with { SessionToken = "another" };
        await Refused(new SignedRequests(cloud.Host) { Keys = another }, 403, "UnrecognizedClientException");
    }

    [Fact]
    public async Task Temporary_keys_that_have_run_out_are_refused()
    {
        var store = cloud.Host.Services.GetRequiredService<CredentialStore>();
        var keys = await store.IssueAsync("arn:aws:iam::000000000000:role/r", "s", TimeSpan.Zero);
        await Refused(new SignedRequests(cloud.Host) { Keys = SignedRequests.Of(keys) }, 403, "ExpiredTokenException");
    }

    [Fact]
    public async Task The_clock_is_moved_by_signed_requests_only()
    {
        var signed = new SignedRequests(cloud.Host);
        (await signed.SendAsync("POST", "/_plumbline/clock", """{"advanceSeconds":1}""")).Status.ShouldBe(
            HttpStatusCode.OK
        );
        var keys = SignedRequests.Of(cloud.Host.Keys) with { SecretAccessKey = "wrong" };
        var forged = new SignedRequests(cloud.Host) { Keys = keys };
        (await forged.SendAsync("POST", "/_plumbline/clock", """{"advanceSeconds":1}""")).Status.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task The_clock_reads_no_more_than_a_kibibyte_of_anybody()
    {
        var request = new SignedRequests(cloud.Host);

        var (status, body) = await request.SendAsync("POST", "/_plumbline/clock", new string(' ', 1025));

        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        body.ShouldContain("larger than 1024 bytes");
    }

    private static Task<(HttpStatusCode Status, string Body)> Call(SignedRequests requests) =>
        requests.SendAsync("POST", "/", "{}", NoSuchOperation);

    private static async Task Refused(SignedRequests requests, int status, string code)
    {
        var answer = await Call(requests);
        ((int)answer.Status).ShouldBe(status);
        answer.Body.ShouldContain(code);
    }
}
