using System.IO.Compression;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests.Data;

/// <summary>A real local cloud with buckets, into which tests write objects.</summary>
/// <param name="buckets">The buckets' names.</param>
public abstract class CloudBuckets(params string[] buckets) : IAsyncLifetime
{
    private readonly CloudHere cloud = new();

    private protected IAmazonS3 S3 { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await cloud.StartAsync();
        S3 = S3ClientFactory.Create(cloud.Connection);
        foreach (var bucket in buckets)
        {
            await S3.PutBucketAsync(bucket);
        }
    }

    public virtual async Task DisposeAsync()
    {
        S3.Dispose();
        await cloud.DisposeAsync();
    }

    private protected Task PutAsync(string bucket, string key, string text) =>
        S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ContentBody = text,
            }
        );

    private protected async Task PutGzippedAsync(string bucket, string key, string text)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(text));
        }
        packed.Position = 0;
        await S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = packed,
            }
        );
    }
}
