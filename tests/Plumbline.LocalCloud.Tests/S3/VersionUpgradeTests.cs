using Amazon.S3;
using Plumbline.LocalCloud.Tests.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class VersionUpgradeTests
{
    [Fact]
    public async Task A_data_folder_from_before_versions_opens_and_its_objects_become_null_versions()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("objects"));
        await File.WriteAllTextAsync(folder.At("objects/old-1"), "before");
        await OldDatabase.WriteAsync(
            folder.At("plumbline.db"),
            14,
            $$"""
            INSERT INTO buckets (name, created) VALUES ('old', 1);
            INSERT INTO objects
            VALUES ('old', x'6b', 'old-1', 6, '{{S3Bucket.Md5(
                "before"u8.ToArray()
            )}}', 1, '{"ContentType": "text/plain"}')
            """
        );

        await using var cloud = await LocalCloudHost.StartAsync(
            new LocalCloudOptions { DataFolder = folder.Path, Port = 0 }
        );
        using var bucket = S3Bucket.Of(cloud, "old");
        (await bucket.GetTextAsync("k")).ShouldBe("before");
        await VersionCalls.SetAsync(bucket, VersionStatus.Enabled);
        var put = await bucket.PutAsync("k", "after");
        (await VersionCalls.ListAsync(bucket)).ShouldBe([
            ("k", put.VersionId, true, false),
            ("k", "null", false, false),
        ]);
    }
}
