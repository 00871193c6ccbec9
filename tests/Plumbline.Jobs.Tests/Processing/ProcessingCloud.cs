using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Jobs.Processing;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Processing;

/// <summary>A real local cloud with a loop's bucket, and the folder of a processing job.</summary>
public sealed class ProcessingCloud : IAsyncLifetime
{
    public const string BucketName = "plumbline-sample-000000000000";
    private readonly CloudHere cloud = new();

    public AwsConnection Connection => cloud.Connection;

    public IAmazonS3 S3 { get; private set; } = null!;

    public SageMakerClient SageMaker => new(Connection);

    public CloudWatchClient CloudWatch => new(Connection);

    public async Task InitializeAsync()
    {
        await cloud.StartAsync();
        S3 = S3ClientFactory.Create(Connection);
        await S3.PutBucketAsync(BucketName);
    }

    /// <summary>The environment of a job's program.</summary>
    public Dictionary<string, string> Environment(ProcessingFolders folders) =>
        new()
        {
            ["SAGEMAKER_BASE_DIR"] = folders.Root,
            ["AWS_ENDPOINT_URL"] = cloud.Cloud.Endpoint.ToString(),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = cloud.Cloud.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = cloud.Cloud.SecretAccessKey,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };

    public ProcessingContext Context(ProjectDescription project, ProcessingFolders folders, DateTimeOffset now) =>
        new(folders, Connection, project, new BucketClient(S3, BucketName), new FakeTimeProvider(now));

    public Task PutAsync(string key, string text) =>
        S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = BucketName,
                Key = key,
                ContentBody = text,
            }
        );

    public async Task<string> GetAsync(string key)
    {
        using var response = await S3.GetObjectAsync(BucketName, key);
        using var reader = new StreamReader(response.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    public async Task<List<string>> KeysAsync(string prefix)
    {
        var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = BucketName, Prefix = prefix });
        return [.. (page.S3Objects ?? []).Select(found => found.Key)];
    }

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    public async Task DisposeAsync()
    {
        S3.Dispose();
        await cloud.DisposeAsync();
    }
}
