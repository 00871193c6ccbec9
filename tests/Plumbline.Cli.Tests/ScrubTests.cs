using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

[Collection("commands")]
public sealed class ScrubTests
{
    [Fact]
    public async Task Plumb_scrub_names_a_damaged_object_of_a_running_and_of_a_stopped_cloud_and_ends_with_1()
    {
        using var folder = new TemporaryFolder();
        await using (var cloud = await CloudProcess.StartAsync(folder.Path))
        {
            using var s3 = S3ClientFactory.Create(cloud.Connection);
            await s3.PutBucketAsync("scrubbed");
            await s3.PutObjectAsync(
                new()
                {
                    BucketName = "scrubbed",
                    Key = "k",
                    ContentBody = "some bytes",
                }
            );
            var whole = await Plumb.RunAsync(folder.Path, folder.Path, "scrub");
            whole.ExitCode.ShouldBe(0, whole.Error);
            whole.Output.ShouldStartWith("0 damaged; read 1 objects of 10 bytes");
            await File.WriteAllTextAsync(Directory.GetFiles(folder.At("objects")).Single(), "some bytez");
            await CheckAsync(folder);
        }

        await CheckAsync(folder);
    }

    [Fact]
    public async Task Plumb_scrub_of_a_folder_without_a_cloud_says_so()
    {
        using var folder = new TemporaryFolder();

        var run = await Plumb.RunAsync(folder.Path, folder.Path, "scrub");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("plumbline.db is missing: name the data folder of a local cloud with --data.");
    }

    private static async Task CheckAsync(TemporaryFolder folder)
    {
        var damaged = await Plumb.RunAsync(folder.Path, folder.Path, "scrub");
        damaged.ExitCode.ShouldBe(1);
        damaged.Output.ShouldStartWith("damaged object: s3://scrubbed/k: the bytes of its file objects/");
        var json = await Plumb.RunAsync(folder.Path, folder.Path, "scrub", "--json");
        json.ExitCode.ShouldBe(1);
        JsonNode.Parse(json.Output)!.AsObject().Objects("damaged").Single().Text("name").ShouldBe("s3://scrubbed/k");
    }
}
