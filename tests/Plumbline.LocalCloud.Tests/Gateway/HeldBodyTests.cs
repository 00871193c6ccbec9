using System.Net.Sockets;
using System.Text;
using Plumbline.Aws.Signing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>
/// Bodies that a client announces but does not send: after the answer, client and server must agree on the next bytes
/// of the connection.
/// </summary>
public sealed class HeldBodyTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Expect = "100-continue";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("/no-such-bucket/k", "<Code>NoSuchBucket</Code>")]
    [InlineData("/no-such-bucket/k?versioning&uploadId=1", "<Code>")]
    public async Task A_refused_body_is_not_asked_for_and_the_answer_ends_the_connection(string target, string code)
    {
        var answer = await AnswerAsync("PUT", target, body: "hello", Expect);
        answer.ShouldStartWith("HTTP/1.1 4");
        answer.ShouldContain("Connection: close", Case.Insensitive);
        answer.ShouldContain(code);
    }

    [Fact]
    public async Task A_refused_signature_ends_the_connection_too()
    {
        var keys = SignedRequests.Of(cloud.Host.Keys) with { SecretAccessKey = "wrong" };
        var answer = await AnswerAsync("PUT", "/b-1/k", body: "hello", Expect, keys);
        answer.ShouldStartWith("HTTP/1.1 403");
        answer.ShouldContain("Connection: close", Case.Insensitive);
    }

    [Fact]
    public async Task A_body_that_is_taken_is_asked_for_and_the_connection_stays()
    {
        await CreateBucketAsync("held-1");
        using var connection = await ConnectAsync();
        await connection.SendAsync(Head("PUT", "/held-1/k", "hello", Expect));
        (await connection.ReadAsync("\r\n\r\n")).ShouldBe("HTTP/1.1 100 Continue\r\n\r\n");
        await connection.SendAsync("hello");
        var answer = await connection.ReadAsync("\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldNotContain("Connection: close", Case.Insensitive);
        await connection.SendAsync(Head("GET", "/held-1/k", "", expect: null));
        (await connection.ReadAsync("hello")).ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public async Task An_empty_body_that_was_announced_is_never_asked_for_so_its_answer_ends_the_connection()
    {
        await CreateBucketAsync("held-2");
        var answer = await AnswerAsync("PUT", "/held-2/k", body: "", Expect);
        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain("Connection: close", Case.Insensitive);
    }

    [Fact]
    public async Task A_body_that_came_with_a_refused_request_is_read_over_and_the_connection_stays()
    {
        using var connection = await ConnectAsync();
        await connection.SendAsync(Head("PUT", "/no-such-bucket/k", "hello", expect: null) + "hello");
        (await connection.ReadAsync("</Error>")).ShouldContain("<Code>NoSuchBucket</Code>");
        await connection.SendAsync(Head("GET", "/", "", expect: null));
        (await connection.ReadAsync("</ListAllMyBucketsResult>")).ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public async Task What_is_not_AWSs_ends_the_connection_as_well()
    {
        using var connection = await ConnectAsync();
        await connection.SendAsync(
            $"POST /v1/repos/none/git-receive-pack HTTP/1.1\r\nHost: {cloud.Host.Endpoint.Authority}\r\nExpect: {Expect}\r\nContent-Length: 5\r\n\r\n"
        );
        (await connection.ReadAsync("\r\n\r\n")).ShouldContain("Connection: close", Case.Insensitive);
    }

    private async Task<string> AnswerAsync(
        string method,
        string target,
        string body,
        string expect,
        SigningCredentials? keys = null
    )
    {
        using var connection = await ConnectAsync();
        await connection.SendAsync(Head(method, target, body, expect, keys));
        var head = await connection.ReadAsync("\r\n\r\n");
        return head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
            ? head
            : head + await connection.ReadAsync("</Error>");
    }

    private async Task CreateBucketAsync(string name) =>
        (await new SignedRequests(cloud.Host) { Service = "s3" }.SendAsync("PUT", $"/{name}")).Status.ShouldBe(
            System.Net.HttpStatusCode.OK
        );

    /// <summary>Makes a signed request without its body.</summary>
    private string Head(string method, string target, string body, string? expect, SigningCredentials? keys = null)
    {
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var wire = requests.Wire(method, target, body, null);
        new SigV4Signer("us-east-1", "s3").Sign(wire, keys ?? requests.Keys, requests.Time);
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        foreach (var (name, value) in wire.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        return head.Append(expect is null ? "" : $"Expect: {expect}\r\n")
            .Append($"Content-Length: {body.Length}\r\n\r\n")
            .ToString();
    }

    private async Task<RawConnection> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(cloud.Host.Endpoint.Host, cloud.Host.Endpoint.Port);
        return new RawConnection(client);
    }

    private sealed class RawConnection(TcpClient client) : IDisposable
    {
        public Task SendAsync(string text) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

        /// <summary>Reads up to the end of a text.</summary>
        public async Task<string> ReadAsync(string last)
        {
            using var patience = new CancellationTokenSource(Patience);
            var read = new StringBuilder();
            var one = new byte[1];
            while (!read.ToString().EndsWith(last, StringComparison.Ordinal))
            {
                var count = 0;
                try
                {
                    count = await client.GetStream().ReadAsync(one, patience.Token);
                }
                catch (OperationCanceledException)
                {
                    throw new TimeoutException(
                        $"'{last}' did not come in {Patience.TotalSeconds} s; there was: {read}"
                    );
                }

                count.ShouldBe(1, $"The connection ended before '{last}'; there was: {read}");
                read.Append((char)one[0]);
            }

            return read.ToString();
        }

        public void Dispose() => client.Dispose();
    }
}
