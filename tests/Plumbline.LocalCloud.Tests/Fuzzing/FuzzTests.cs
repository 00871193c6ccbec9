using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.State;
using Plumbline.Testing;
using Xunit.Abstractions;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <summary>
/// Signed requests that follow AWS's models, damaged in values, in kinds of values and in bytes. Each must get an
/// answer, but never "the local cloud failed". A usual run sends some thousand; <c>tools/nightly.sh</c> sends 200,000.
/// </summary>
[Trait(Nightly.Part, "fuzz")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Senders = 8;
    private const int FewestThatSucceed = 60;
    private const long MostGrowth = 400L * 1024 * 1024;

    private static readonly int Requests = Nightly.Or(4_000, 200_000);

    [Fact]
    public async Task Odd_requests_are_answered_and_none_breaks_the_cloud()
    {
        using var folder = new TemporaryFolder();
        using var cloud = await ChildCloud.StartAsync(folder.Path);
        var sender = new RequestSender(cloud.Endpoint, cloud.Keys);
        using (var connection = cloud.Connect())
        {
            await StartingState.MakeAsync(connection, (method, path, body) => PutAsync(sender, method, path, body));
        }

        var source = new RequestSource(Seeds.Random(41), StartingState.Names);
        var answers = new Answers();
        await SendAsync(sender, source, Requests / 5, answers);
        var before = cloud.ResidentBytes;
        await SendAsync(sender, source, Requests - Requests / 5, answers);

        output.WriteLine(answers.ToString());
        Nightly.Note("fuzz", $"{answers}; memory {before / 1048576} to {cloud.ResidentBytes / 1048576} MiB");
        answers.Broken.ShouldBeEmpty();
        // If all requests were refused, the test would prove nothing.
        answers.Succeeded.ShouldBeGreaterThan(FewestThatSucceed);
        cloud.HasEnded.ShouldBeFalse();
        (cloud.ResidentBytes - before).ShouldBeLessThan(MostGrowth);
        StoredTrees.Strangers(folder.Path).ShouldBeEmpty();
    }

    private static Task SendAsync(RequestSender sender, RequestSource source, int count, Answers answers)
    {
        var draw = new Lock();
        var left = count;
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(SendSomeAsync)));

        async Task SendSomeAsync()
        {
            while (Take() is { } request)
            {
                answers.Add(request, await sender.SendAsync(request));
            }
        }

        FuzzedRequest? Take()
        {
            lock (draw)
            {
                return left-- > 0 ? source.Next() : null;
            }
        }
    }

    private static async Task PutAsync(RequestSender sender, string method, string path, string body)
    {
        var wire = new WireRequest(
            method,
            path,
            "",
            new Microsoft.AspNetCore.Http.HeaderDictionary(),
            System.Text.Encoding.UTF8.GetBytes(body)
        );
        var answer = await sender.SendAsync(new FuzzedRequest(ServiceModel.For("s3"), "PutObject", wire));
        answer!.Value.Status.ShouldBe(200, answer.Value.Body);
    }
}
