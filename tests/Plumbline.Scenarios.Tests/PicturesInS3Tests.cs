using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client.Services;
using Plumbline.Loop.Data;
using Plumbline.Loop.Retraining;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Sources;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>Photos in another bucket, of which none is copied or in git, go around the loop, and their prefix grows once.</summary>
[Trait(Nightly.Part, "code")]
public sealed class PicturesInS3Tests
{
    private const string Bucket = "photos-of-others";

    [NightlyFact("git", "bwrap")]
    public async Task Photos_are_trained_from_where_they_are_and_an_alarm_takes_those_that_are_new()
    {
        using var photos = new TemporaryFolder();
        await Pictures.WriteAsync(photos.At("old"), each: 20);
        await Pictures.WriteAsync(photos.At("new"), each: 6, seed: "new");
        await using var running = await RunningLoop.StartAsync(
            yaml =>
                yaml.Replace("rounds: 20 ", "rounds: 6 ")
                    .Replace("file: few", $"file: s3://{Bucket}/fruit/\n  grow: true\n  splitKey: tree-(\\d+)/")
                + "\nretraining:\n  coolDown: 0s\n",
            contents: async folder =>
            {
                await Pictures.WriteAsync(folder.At("few"), each: 1);
                return ["--data", folder.At("few")];
            }
        );
        var s3 = running.Loop.Clients.S3;
        (await running.PlumbAsync("validate")).Error.ShouldContain(
            $"s3://{Bucket}/fruit/: the bucket {Bucket} does not exist"
        );
        await s3.PutBucketAsync(Bucket);
        await s3.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = Bucket,
                VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
            }
        );
        await PutAsync(s3, photos.At("old"), "first");
        (await running.PlumbAsync("validate"))
            .Succeeded()
            .ShouldContain("40 examples. The first 20 contents are valid");
        (await running.PlumbAsync("data", "inspect")).Succeeded().ShouldContain("40 examples");

        await running.GoIntoProductionAsync();
        var one = (await new DataSets(running.Loop).NewestAsync())!;
        (one.Base.Train + one.Base.Validation + one.Base.Test).ShouldBe(40);
        var objects = await ObjectsAsync(running, one.Version);
        objects.Count.ShouldBe(40);
        objects.ShouldAllBe(read => read.Uri.StartsWith($"s3://{Bucket}/fruit/") && read.VersionId != null);
        var examples = await ExamplesAsync(running, one);
        examples.ShouldAllBe(example => example.SourceRef!.StartsWith($"s3://{Bucket}/fruit/"));
        // The photos of one tree are on one side.
        examples.Select(example => example.Key).Distinct().Count().ShouldBe(20);
        (await KeysAsync(running, Layout.Contents)).ShouldBe([Layout.ContentsMarker]);

        // A correction of a photo that the base data has changes its truth, and is found by its hash.
        var wrong = await File.ReadAllBytesAsync(photos.At("old", "ripe", "ripe-0.jpg"));
        await running.Loop.Clients.Runtime.InvokeEndpointAsync(
            new InferenceRequest(running.Loop.Names.Endpoint, wrong, "image/jpeg") { InferenceId = "tree-0/" }
        );
        await Eventually.Async(
            async () => await running.PlumbAsync("correct", "tree-0/", "green"),
            done => done.ExitCode == 0
        );
        await PutAsync(s3, photos.At("new"), "second");
        var governor = new Governor(running.Loop, running.Folder);
        var grown = await governor.DecideAsync(Trigger.Alarm, null, default);
        grown.Started.ShouldBeTrue(grown.Reason);
        grown.Reason.ShouldEndWith(
            $"Since data set {one.Version}, 12 objects are new (the first is s3://{Bucket}/fruit/green/tree-0/second-green-0.jpg) in the base data."
        );
        var second = (await running.EndedAsync(2))[1];
        second.PipelineExecutionStatus.ShouldBe("Succeeded", second.PipelineExecutionFailureReason);
        var two = (await new DataSets(running.Loop).NewestAsync())!;
        (two.Base.Train + two.Base.Validation + two.Base.Test).ShouldBe(52);
        (await ExamplesAsync(running, two))
            .Where(example => example.Content == Content.Of(wrong, "image/jpeg"))
            .ShouldAllBe(example => example.Label == "green" && example.SourceRef!.StartsWith($"s3://{Bucket}/"));
        // Each photo was read once, by the version that it was new to.
        (await PinsAsync(running)).ShouldBe(52);

        // The comparison may have rejected them; a waiting candidate would be the reason of the refusal below.
        await running.PlumbAsync("reject", "2", "--reason", "not this one");
        await running.PlumbAsync("reject", "3", "--reason", "nor this one");
        await s3.DeleteObjectAsync(Bucket, "fruit/ripe/tree-1/first-ripe-1.jpg");
        var shrunk = await governor.DecideAsync(Trigger.Alarm, null, default);
        shrunk.Started.ShouldBeFalse();
        shrunk.Reason.ShouldContain($"1 object is gone (s3://{Bucket}/fruit/ripe/tree-1/first-ripe-1.jpg)");
    }

    /// <summary>Uploads <c>ripe/ripe-3.jpg</c> as <c>fruit/ripe/tree-3/first-ripe-3.jpg</c>.</summary>
    private static async Task PutAsync(IAmazonS3 s3, string folder, string name)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories))
        {
            var file = Path.GetFileNameWithoutExtension(path).Split('-');
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = Bucket,
                    Key = $"fruit/{file[0]}/tree-{file[1]}/{name}-{file[0]}-{file[1]}.jpg",
                    FilePath = path,
                }
            );
        }
    }

    private static async Task<IReadOnlyList<SourceObject>> ObjectsAsync(RunningLoop running, string version)
    {
        var list = Layout.DataSet(version) + DataSetBuilder.ObjectsFile;
        return SourceObject.ReadList((await running.Loop.Bucket.FindTextAsync(list))!, list);
    }

    private static async Task<IReadOnlyList<Example>> ExamplesAsync(RunningLoop running, DataSetManifest version)
    {
        var examples = new List<Example>();
        foreach (var file in version.Names.All)
        {
            await foreach (var line in running.Loop.Bucket.LinesAsync(Layout.DataSet(version.Version) + file))
            {
                examples.Add(RecordJson.Read<Example>(line, file));
            }
        }

        return examples;
    }

    private static async Task<int> PinsAsync(RunningLoop running)
    {
        var count = 0;
        foreach (var key in await KeysAsync(running, Layout.Pins))
        {
            count += await running.Loop.Bucket.LinesAsync(key).CountAsync();
        }

        return count;
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(RunningLoop running, string prefix) =>
        await running.Loop.Bucket.ListAsync(prefix).Select(item => item.Key).ToListAsync();
}
