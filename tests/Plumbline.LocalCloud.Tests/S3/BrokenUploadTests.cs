using System.Net.Sockets;
using System.Text;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Tests.Gateway;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class BrokenUploadTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_leaves_nothing()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var requests = new SignedRequests(cloud.Host) { Service = "s3" };
        var wire = requests.Wire("PUT", $"/{bucket.Name}/k", "", null);
        new SigV4Signer("us-east-1", "s3").Sign(wire, requests.Keys, requests.Time, PayloadHash.Unsigned);
        var head = new StringBuilder($"PUT {wire.Path} HTTP/1.1\r\nContent-Length: 10000000\r\n");
        foreach (var (name, value) in wire.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(cloud.Host.Endpoint.Host, cloud.Host.Endpoint.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
            await stream.WriteAsync(new byte[1_000_000]);
            await Eventually.Async(() => Files() == 1);
        }

        await Eventually.Async(() => Files() == 0);
        (await bucket.KeysAsync()).ShouldBeEmpty();
    }

    private int Files() => Directory.GetFiles(Path.Combine(cloud.DataFolder, "objects")).Length;
}
