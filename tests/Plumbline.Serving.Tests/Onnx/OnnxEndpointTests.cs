using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>A model's archive with model.onnx behind an endpoint of the local cloud.</summary>
[Collection("processes")]
public sealed class OnnxEndpointTests
{
    private const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-serving:latest";
    private const string Bucket = "pictures";
    private const string Name = "digits";

    private const string Capture = """
        {"EnableCapture":true,"InitialSamplingPercentage":100,"DestinationS3Uri":"s3://pictures/captures/",
         "CaptureOptions":[{"CaptureMode":"Input"},{"CaptureMode":"Output"}],
         "CaptureContentTypeHeader":{"JsonContentTypes":["application/json"]}}
        """;

    [TorchFact]
    public async Task An_endpoint_answers_a_photo_and_captures_it_in_base64()
    {
        await using var cloud = new CloudHere();
        Directory.CreateDirectory(cloud.DataFolder);
        await File.WriteAllTextAsync(Path.Combine(cloud.DataFolder, "images.json"), Images());
        await cloud.StartAsync();
        using var s3 = S3ClientFactory.Create(cloud.Connection);
        await s3.PutBucketAsync(Bucket);
        await CreateAsync(cloud.Connection, s3);
        var photo = Pictures.Jpeg(120, 90);

        var answer = await new SageMakerRuntimeClient(cloud.Connection).InvokeEndpointAsync(
            new InferenceRequest(Name, photo, "image/jpeg") { InferenceId = "photo-1" }
        );

        var labels = new LabelNames([.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);
        var read = new AnswerReader(labels).Read(answer.Body.Span).ToArray();
        read.Length.ShouldBe(1);
        read[0].Class.ShouldBeInRange(0, 9);
        var captured = await Eventually.Async(() => CapturedAsync(s3), line => line is not null);
        var input = captured!["captureData"]!["endpointInput"]!;
        input["encoding"]!.GetValue<string>().ShouldBe("BASE64");
        input["observedContentType"]!.GetValue<string>().ShouldBe("image/jpeg");
        Convert.FromBase64String(input["data"]!.GetValue<string>()).ShouldBe(photo);
        var output = captured["captureData"]!["endpointOutput"]!;
        new AnswerReader(labels)
            .Read(System.Text.Encoding.UTF8.GetBytes(output["data"]!.GetValue<string>()))[0]
            .Class.ShouldBe(read[0].Class);
        await new SageMakerClient(cloud.Connection).DeleteEndpointAsync(new JsonObject { ["EndpointName"] = Name });
        await Eventually.Async(() => !Directory.EnumerateDirectories(Path.Combine(cloud.DataFolder, "servers")).Any());
    }

    private static string Images()
    {
        var dotnet = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")
        );
        string[] command = [dotnet, Path.Combine(AppContext.BaseDirectory, "plumbline-serving.dll")];
        return JsonSerializer.Serialize(
            (object[])
                [
                    new
                    {
                        image = Image,
                        command,
                        algorithm = "plumbline-serving",
                    },
                ]
        );
    }

    private static async Task CreateAsync(AwsConnection connection, IAmazonS3 s3)
    {
        using var archive = new MemoryStream();
        await using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            await TarFile.CreateFromDirectoryAsync(OnnxModels.At("picture"), gzip, includeBaseDirectory: false);
        }
        archive.Position = 0;
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = "model.tar.gz",
                InputStream = archive,
            }
        );
        var sageMaker = new SageMakerClient(connection);
        await sageMaker.CreateModelAsync(
            Json(
                $$"""
                {"ModelName":"{{Name}}","ExecutionRoleArn":"arn:aws:iam::000000000000:role/pictures",
                 "PrimaryContainer":{"Image":"{{Image}}","ModelDataUrl":"s3://{{Bucket}}/model.tar.gz"} }
                """
            )
        );
        await sageMaker.CreateEndpointConfigAsync(
            Json(
                $$"""
                {"EndpointConfigName":"{{Name}}","DataCaptureConfig":{{Capture}},"ProductionVariants":[{
                 "VariantName":"AllTraffic","ModelName":"{{Name}}","InstanceType":"ml.m5.large","InitialInstanceCount":1}]}
                """
            )
        );
        await sageMaker.CreateEndpointAsync(Json($$"""{"EndpointName":"{{Name}}","EndpointConfigName":"{{Name}}"}"""));
        var endpoint = await Eventually.Async(
            () => sageMaker.DescribeEndpointAsync(Json($$"""{"EndpointName":"{{Name}}"}""")),
            endpoint => endpoint.EndpointStatus is "InService" or "Failed"
        );
        endpoint.EndpointStatus.ShouldBe("InService", endpoint.Tree.ToJsonString());
    }

    private static async Task<JsonNode?> CapturedAsync(IAmazonS3 s3)
    {
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = "captures/" };
        foreach (var entry in (await s3.ListObjectsV2Async(request)).S3Objects ?? [])
        {
            using var stored = await s3.GetObjectAsync(Bucket, entry.Key);
            using var reader = new StreamReader(stored.ResponseStream);
            return JsonNode.Parse((await reader.ReadLineAsync())!);
        }
        return null;
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
