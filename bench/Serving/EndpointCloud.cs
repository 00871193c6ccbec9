using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>A local cloud with the digits model behind two endpoints; one of them captures all requests.</summary>
internal static class EndpointCloud
{
    public const string Plain = "plain";
    public const string Capturing = "capturing";

    private const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-serving:latest";
    private const string Role = "arn:aws:iam::000000000000:role/bench";
    private const string Bucket = "bench";

    private const string Capture = """
        {"EnableCapture":true,"InitialSamplingPercentage":100,"DestinationS3Uri":"s3://bench/captures/",
         "CaptureOptions":[{"CaptureMode":"Input"},{"CaptureMode":"Output"}],
         "CaptureContentTypeHeader":{"CsvContentTypes":["text/csv"],"JsonContentTypes":["application/json"]}}
        """;

    /// <summary>Starts the cloud; the folder has the model in <c>model</c>.</summary>
    public static async Task<BenchCloud> StartAsync(string folder, CancellationToken cancel, bool forPerf = false)
    {
        var dotnet = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")
        );
        var program = Path.Combine(AppContext.BaseDirectory, "plumbline-serving.dll");
        var images = JsonSerializer.Serialize(
            (object[])
                [
                    new
                    {
                        image = Image,
                        command = (string[])[dotnet, program],
                        algorithm = "plumbline-serving",
                    },
                ]
        );
        var cloud = await BenchCloud.StartAsync(Path.Combine(folder, "cloud"), images, cancel, forPerf);
        try
        {
            await PutModelAsync(cloud.Connection, Path.Combine(folder, "model"), cancel);
            await CreateAsync(cloud.Connection, Plain, null, cancel);
            await CreateAsync(cloud.Connection, Capturing, Capture, cancel);
            return cloud;
        }
        catch
        {
            cloud.Dispose();
            throw;
        }
    }

    private static async Task PutModelAsync(AwsConnection connection, string model, CancellationToken cancel)
    {
        using var archive = new MemoryStream();
        await using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            await TarFile.CreateFromDirectoryAsync(model, gzip, includeBaseDirectory: false, cancel);
        }

        using var s3 = S3ClientFactory.Create(connection);
        await s3.PutBucketAsync(Bucket, cancel);
        archive.Position = 0;
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = "model.tar.gz",
                InputStream = archive,
            },
            cancel
        );
        await new SageMakerClient(connection).CallAsync(
            "CreateModel",
            new JsonObject
            {
                ["ModelName"] = "digits",
                ["ExecutionRoleArn"] = Role,
                ["PrimaryContainer"] = new JsonObject
                {
                    ["Image"] = Image,
                    ["ModelDataUrl"] = $"s3://{Bucket}/model.tar.gz",
                },
            },
            cancel
        );
    }

    private static async Task CreateAsync(
        AwsConnection connection,
        string name,
        string? capture,
        CancellationToken cancel
    )
    {
        var sageMaker = new SageMakerClient(connection);
        var config = new JsonObject
        {
            ["EndpointConfigName"] = name,
            ["ProductionVariants"] = new JsonArray(
                new JsonObject
                {
                    ["VariantName"] = "AllTraffic",
                    ["ModelName"] = "digits",
                    ["InstanceType"] = "ml.g4dn.xlarge",
                    ["InitialInstanceCount"] = 1,
                    ["InitialVariantWeight"] = 1,
                }
            ),
        };
        if (capture is not null)
        {
            config["DataCaptureConfig"] = JsonNode.Parse(capture);
        }

        await sageMaker.CallAsync("CreateEndpointConfig", config, cancel);
        await sageMaker.CallAsync(
            "CreateEndpoint",
            new JsonObject { ["EndpointName"] = name, ["EndpointConfigName"] = name },
            cancel
        );
        while (true)
        {
            var endpoint = await sageMaker.DescribeEndpointAsync(new JsonObject { ["EndpointName"] = name }, cancel);
            switch (endpoint.EndpointStatus)
            {
                case EndpointStatus.InService:
                    return;
                case EndpointStatus.Failed:
                    throw new InvalidOperationException(endpoint.Tree.ToJsonString());
                default:
                    await Task.Delay(100, cancel);
                    break;
            }
        }
    }
}
