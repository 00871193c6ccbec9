using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Gateway;

public sealed class FewFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ProgramFact("prlimit")]
    public async Task More_idle_connections_than_the_process_may_have_files_keep_no_put_out()
    {
        using var cloud = await ChildCloud.StartAsync(folder.At("data"), "prlimit", "--nofile=1024:1024");
        using var connection = cloud.Connect();
        using var s3 = S3ClientFactory.Create(connection);
        await s3.PutBucketAsync("connections");
        var idle = new List<RawConnection>();
        for (var i = 0; i < 1200; i++)
        {
            idle.Add(await RawConnection.OpenAsync(cloud.Endpoint));
        }

        for (var i = 0; i < 20; i++)
        {
            var put = new PutObjectRequest
            {
                BucketName = "connections",
                Key = $"{i}",
                ContentBody = "x",
            };
            (await s3.PutObjectAsync(put).InTimeAsync()).ETag.ShouldNotBeNullOrEmpty();
        }

        idle.ForEach(one => one.Dispose());
    }
}
