using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.Fuzzing;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

/// <summary>A server that is told to stop answers what it has taken.</summary>
[Collection("processes")]
public sealed class StoppingTests
{
    private const int Writers = 32;

    [Fact]
    public async Task Under_load_each_request_that_was_sent_is_answered_and_no_other_is_done()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new ConcurrentBag<string>();
        var unanswered = new ConcurrentBag<string>();
        using (var cloud = await ChildCloud.StartAsync(folder.Path))
        {
            await new RequestSender(cloud.Endpoint, cloud.Keys).SendAsync(Put("/stopped", ""));
            var writers = Enumerable
                .Range(0, Writers)
                .Select(number => Task.Run(() => WriteAsync(cloud, number)))
                .ToList();
            await Eventually.Async(() => acknowledged.Count > 10 * Writers);
            (await cloud.StopAsync()).ShouldBe(0);
            await Task.WhenAll(writers).InTimeAsync();
        }

        // Sent whole and not answered: nobody could tell whether it was done.
        unanswered.ShouldBeEmpty();
        await CheckAsync(folder.Path, acknowledged);

        async Task WriteAsync(ChildCloud cloud, int number)
        {
            for (var round = 0; ; round++)
            {
                RawConnection connection;
                try
                {
                    connection = await RawConnection.OpenAsync(cloud.Endpoint);
                }
                catch (SocketException)
                {
                    return; // refused: it listens no more
                }

                using (connection)
                {
                    for (var i = 0; ; i++)
                    {
                        var key = $"/stopped/{number}-{round}-{i}";
                        try
                        {
                            await connection.SendAsync(
                                RawConnection.Head(cloud.Endpoint, cloud.Keys, "PUT", key, "x") + "x"
                            );
                        }
                        catch (IOException)
                        {
                            break;
                        }

                        var answer = await connection.ReadHeadAsync();
                        if (answer is null)
                        {
                            if (i > 0)
                            {
                                unanswered.Add(key);
                            }

                            break;
                        }

                        answer.ShouldStartWith("HTTP/1.1 200");
                        acknowledged.Add(key);
                        if (answer.Contains("Connection: close", StringComparison.OrdinalIgnoreCase))
                        {
                            break;
                        }
                    }
                }
            }
        }
    }

    /// <summary>What is there is what was acknowledged, neither less nor more.</summary>
    private static async Task CheckAsync(string folder, IReadOnlyCollection<string> acknowledged)
    {
        using var cloud = await ChildCloud.StartAsync(folder);
        var sender = new RequestSender(cloud.Endpoint, cloud.Keys);
        var found = new HashSet<string>();
        var after = "";
        while (true)
        {
            var wire = new WireRequest(
                "GET",
                "/stopped",
                $"list-type=2&start-after={after}",
                new HeaderDictionary(),
                ReadOnlyMemory<byte>.Empty
            );
            var page = (
                await sender.SendAsync(new FuzzedRequest(ServiceModel.For("s3"), "ListObjectsV2", wire))
            )!.Value;
            var keys = System
                .Xml.Linq.XDocument.Parse(page.Body)
                .Descendants()
                .Where(element => element.Name.LocalName == "Key")
                .Select(element => element.Value)
                .ToList();
            if (keys.Count == 0)
            {
                break;
            }

            found.UnionWith(keys.Select(key => $"/stopped/{key}"));
            after = keys[^1];
        }

        found.Order().ShouldBe(acknowledged.Order());
    }

    private static FuzzedRequest Put(string path, string body) =>
        new(
            ServiceModel.For("s3"),
            "PutObject",
            new WireRequest("PUT", path, "", new HeaderDictionary(), Encoding.ASCII.GetBytes(body))
        );
}
