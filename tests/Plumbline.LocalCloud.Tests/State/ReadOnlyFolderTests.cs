using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

/// <summary>A disk that becomes read-only under a running cloud, like after errors of the device.</summary>
public sealed class ReadOnlyFolderTests
{
    [RootFact("bwrap", "nsenter", "mount")]
    public async Task What_cannot_be_written_is_told_what_is_there_is_read_and_writes_go_on_when_they_can()
    {
        using var folder = new TemporaryFolder();
        using var cloud = await ChildCloud.StartAsync(
            folder.Path,
            ["bwrap", "--die-with-parent", "--bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
        );
        using var connection = cloud.Connect();
        using var s3 = S3ClientFactory.Create(connection);
        await s3.PutBucketAsync("disk");
        await PutAsync(s3, "before");
        var objects = folder.At("objects");

        await MountAsync(cloud, $"mount --bind {objects} {objects} && mount -o remount,ro,bind {objects}");

        var error = await Should.ThrowAsync<AmazonS3Exception>(() => PutAsync(s3, "during"));
        ((int)error.StatusCode, error.ErrorCode).ShouldBe((503, "ServiceUnavailable"));
        error.Message.ShouldBe("The local cloud's data folder is read-only.");
        (await KeysAsync(s3)).ShouldBe(["before"]);

        await MountAsync(cloud, $"umount {objects}");

        await PutAsync(s3, "after");
        (await KeysAsync(s3)).ShouldBe(["after", "before"]);
    }

    private static async Task MountAsync(ChildCloud cloud, string command) =>
        (await Shell.RunAsync("nsenter", [$"--target={cloud.ProcessId}", "--mount", "sh", "-c", command])).Succeeded();

    private static Task PutAsync(IAmazonS3 s3, string key) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "disk",
                Key = key,
                ContentBody = key,
            }
        );

    /// <summary>Reads every object and returns the keys.</summary>
    private static async Task<List<string>> KeysAsync(IAmazonS3 s3)
    {
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "disk" });
        foreach (var entry in listed.S3Objects)
        {
            using var got = await s3.GetObjectAsync("disk", entry.Key);
            using var text = new StreamReader(got.ResponseStream);
            (await text.ReadToEndAsync()).ShouldBe(entry.Key);
        }

        return [.. listed.S3Objects.Select(entry => entry.Key)];
    }
}
