using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>Unauthenticated bytes and connections cost little and do not keep other clients out.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private const int Announced = 16 * 1024 * 1024;
    private const int Few = 40;

    private readonly RunningCloud cloud = new() { MostConnections = Few, BodyGrace = TimeSpan.FromSeconds(2) };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_large_body_that_no_key_of_ours_signs_is_refused_before_it_comes()
    {
        var heads = new[]
        {
            $"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: SageMaker.ListModels\r\nContent-Length: {Announced}\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: SageMaker.ListModels\r\nTransfer-Encoding: chunked\r\n\r\n",
            $"POST /endpoints/e/invocations HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n",
            $"PUT /b/k HTTP/1.1\r\nHost: x\r\nContent-Length: {Announced}\r\n\r\n",
            $"POST /b?delete HTTP/1.1\r\nHost: x\r\nContent-Length: {Announced}\r\n\r\n",
        };
        foreach (var head in heads)
        {
            using var connection = await RawConnection.OpenAsync(cloud.Host.Endpoint);
            await connection.SendAsync(head);
            (await connection.ReadHeadAsync())!.ShouldStartWith("HTTP/1.1 40");
        }
    }

    [Fact]
    public async Task Three_hundred_connections_that_announce_a_body_and_do_not_send_it_are_ended()
    {
        var known = $"Credential={cloud.Host.Keys.AccessKeyId}/20260101/us-east-1/sagemaker/aws4_request";
        var waiting = new List<Task>();
        for (var i = 0; i < 300; i++)
        {
            // Half of them have a known key, and a signature that can be refused only after the body is read.
            var authorization =
                i % 2 == 0
                    ? ""
                    : $"Authorization: AWS4-HMAC-SHA256 {known}, SignedHeaders=host, Signature=0\r\nX-Amz-Date: 20260101T000000Z\r\n";
            waiting.Add(
                HoldAsync(
                    $"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: SageMaker.ListModels\r\n{authorization}Content-Length: {Announced}\r\n\r\n"
                )
            );
        }

        await Task.WhenAll(waiting).InTimeAsync();
        await PutAsync();
    }

    [Fact]
    public async Task Idle_connections_beyond_the_limit_keep_no_put_out()
    {
        var idle = new List<RawConnection>();
        for (var i = 0; i < 3 * Few; i++)
        {
            idle.Add(await RawConnection.OpenAsync(cloud.Host.Endpoint));
        }

        await PutAsync();
        idle.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task A_request_that_is_being_answered_keeps_its_connection_when_others_come()
    {
        await PutAsync();
        var keys = SignedRequests.Of(cloud.Host.Keys);
        using var slow = await RawConnection.OpenAsync(cloud.Host.Endpoint);
        var body = new string('x', 1000);
        var expect = ("Expect", "100-continue");
        await slow.SendAsync(
            RawConnection.Head(cloud.Host.Endpoint, keys, "PUT", "/connections/slow", body, header: expect)
        );
        // Until then the request may be unread, and its connection need not send anything.
        (await slow.ReadHeadAsync())!.ShouldStartWith("HTTP/1.1 100");
        await slow.SendAsync(body[..500]);
        var others = new List<RawConnection>();
        for (var i = 0; i < 2 * Few; i++)
        {
            others.Add(await RawConnection.OpenAsync(cloud.Host.Endpoint));
        }

        await slow.SendAsync(body[500..]);
        (await slow.ReadHeadAsync())!.ShouldStartWith("HTTP/1.1 200");
        others.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task An_upload_over_a_slow_line_is_taken()
    {
        await PutAsync();
        var keys = SignedRequests.Of(cloud.Host.Keys);
        using var slow = await RawConnection.OpenAsync(cloud.Host.Endpoint);
        var body = new string('x', 3000);
        await slow.SendAsync(RawConnection.Head(cloud.Host.Endpoint, keys, "PUT", "/connections/line", body));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < body.Length; i += 500)
        {
            await slow.SendAsync(body[i..(i + 500)]);
            // A rate of 1,000 bytes a second, not a wait for a state.
            await Task.Delay(500);
        }

        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(2.9));
        (await slow.ReadHeadAsync())!.ShouldStartWith("HTTP/1.1 200");
    }

    private async Task PutAsync()
    {
        var s3 = new SignedRequests(cloud.Host) { Service = "s3" };
        (await s3.SendAsync("PUT", "/connections")).Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
        (await s3.SendAsync("PUT", "/connections/k", "x")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Sends only a head, and holds the connection until the server closes it, at any moment.</summary>
    private async Task HoldAsync(string head)
    {
        try
        {
            using var connection = await RawConnection.OpenAsync(cloud.Host.Endpoint);
            await connection.SendAsync(head);
            await connection.ReadToEndAsync();
        }
        catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException)
        {
            // The server has closed it.
        }
    }
}
