using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.LocalCloud.Tests.Gateway;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.S3;

/// <summary>A test's own bucket, with AWS's client.</summary>
public sealed class S3Bucket : IDisposable
{
    private readonly AwsConnection connection;

    private S3Bucket(LocalCloudHost host, string name)
    {
        connection = AwsConnection.WithKeys(
            "us-east-1",
            SignedRequests.Of(host.Keys),
            host.Endpoint,
            new LoopbackOnly()
        );
        (Name, Client) = (name, S3ClientFactory.Create(connection));
    }

    public string Name { get; }

    public IAmazonS3 Client { get; }

    public static async Task<S3Bucket> CreateAsync(RunningCloud cloud)
    {
        var bucket = new S3Bucket(cloud.Host, $"bucket-{Guid.NewGuid():n}");
        await bucket.Client.PutBucketAsync(bucket.Name);
        return bucket;
    }

    /// <summary>The same bucket in a restarted cloud.</summary>
    public S3Bucket On(LocalCloudHost host) => new(host, Name);

    /// <summary>Returns a client of an existing bucket.</summary>
    public static S3Bucket Of(LocalCloudHost host, string name) => new(host, name);

    public Task<PutObjectResponse> PutAsync(string key, string text, Action<PutObjectRequest>? change = null) =>
        PutAsync(key, Encoding.UTF8.GetBytes(text), change);

    public Task<PutObjectResponse> PutAsync(string key, byte[] bytes, Action<PutObjectRequest>? change = null)
    {
        var request = new PutObjectRequest
        {
            BucketName = Name,
            Key = key,
            InputStream = new MemoryStream(bytes),
        };
        change?.Invoke(request);
        return Client.PutObjectAsync(request);
    }

    public async Task<byte[]> GetAsync(string key, Action<GetObjectRequest>? change = null)
    {
        var request = new GetObjectRequest { BucketName = Name, Key = key };
        change?.Invoke(request);
        using var answer = await Client.GetObjectAsync(request);
        using var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async Task<string> GetTextAsync(string key) => Encoding.UTF8.GetString(await GetAsync(key));

    public async Task<List<string>> KeysAsync(Action<ListObjectsV2Request>? change = null)
    {
        var request = new ListObjectsV2Request { BucketName = Name };
        change?.Invoke(request);
        var answer = await Client.ListObjectsV2Async(request);
        return [.. (answer.S3Objects ?? []).Select(entry => entry.Key)];
    }

    /// <summary>The error of a failed call.</summary>
    public static async Task<(int Status, string Code)> ErrorOf(Func<Task> call)
    {
        var error = await Should.ThrowAsync<AmazonS3Exception>(call);
        return ((int)error.StatusCode, error.ErrorCode);
    }

    /// <summary>The ETag of these bytes.</summary>
    public static string Md5(byte[] bytes)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        return Convert.ToHexStringLower(md5.GetHashAndReset());
    }

    public void Dispose()
    {
        Client.Dispose();
        connection.Dispose();
    }
}
