using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Tests.State;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

/// <summary>A local cloud with a bucket, a role, and an image that answers with the content of its model.</summary>
public sealed class EndpointCloud : IAsyncLifetime
{
    public const string Bucket = "models";
    public const string Role = "arn:aws:iam::000000000000:role/digits-endpoint";
    public const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/words:latest";

    /// <summary>The same program; according to images.json it always listens on 8080.</summary>
    public const string StubbornImage = "000000000000.dkr.ecr.us-east-1.amazonaws.com/stubborn:latest";

    /// <summary>One of AWS's images that serve a model with the handler in its archive.</summary>
    public const string HandlerImage = "763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference:2.1.0-cpu-py310";

    private readonly TemporaryFolder programs = new();

    public RunningCloud Cloud { get; init; } = new();

    public AwsConnection Connection { get; private set; } = null!;

    public SageMakerClient SageMaker => new(Connection);

    public SageMakerRuntimeClient Runtime => new(Connection);

    public IAmazonS3 S3 => S3ClientFactory.Create(Connection);

    public async Task InitializeAsync()
    {
        await Cloud.InitializeAsync();
        Connect();
        var server = programs.At("server.py");
        await using (var script = File.Create(server))
        {
            await typeof(EndpointCloud).Assembly.GetManifestResourceStream("server.py")!.CopyToAsync(script);
        }

        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        await File.WriteAllTextAsync(
            Path.Combine(Cloud.DataFolder, "images.json"),
            $$"""
            [{"image":"*/words:*","command":["{{python}}","{{server}}"],"algorithm":"exec"},
             {"image":"*/sagemaker-xgboost:*","command":["false"],"algorithm":"xgboost"},
             {"image":"*/sagemaker-xgboost-script:*","command":["{{python}}"],"algorithm":"script"},
             {"image":"*/pytorch-inference:*","command":["{{python}}"],"algorithm":"script"},
             {"image":"*/sagemaker-scikit-learn:*","command":["python3"],"algorithm":"script","imports":"numpy"},
             {"image":"*/stubborn:*","command":["{{python}}","{{server}}"],"algorithm":"exec","port":8080}]
            """
        );
        using var s3 = S3;
        await s3.PutBucketAsync(Bucket);
        await s3.PutBucketAsync("captures");
    }

    public async Task DisposeAsync()
    {
        var strangers = StoredTrees.Strangers(Cloud.DataFolder);
        await foreach (var page in SageMaker.PagesAsync("ListEndpoints"))
        {
            foreach (var endpoint in page.Objects("Endpoints"))
            {
                await DeleteAsync(endpoint.Text("EndpointName")!);
            }
        }

        Connection.Dispose();
        await Cloud.DisposeAsync();
        programs.Dispose();
        strangers.ShouldBeEmpty();
    }

    public async Task RestartAsync()
    {
        Connection.Dispose();
        await Cloud.RestartAsync();
        Connect();
    }

    /// <summary>Moves the simulated time forward.</summary>
    public Task AdvanceAsync(TimeSpan step) => Cloud.Host.Services.GetRequiredService<CivilClock>().AdvanceAsync(step);

    /// <summary>
    /// Makes a model whose archive contains <paramref name="answer"/>, and a configuration of the same name.
    /// </summary>
    public async Task<string> ConfigureAsync(
        string name,
        string answer,
        string? capture = null,
        Action<JsonObject>? change = null
    )
    {
        await PutModelAsync($"{name}.tar.gz", Archive(("answer.txt", answer)));
        return await ConfigureAsync(name, [("AllTraffic", name, 1)], capture, change);
    }

    /// <summary>Makes a configuration of variants, each with its own model.</summary>
    public async Task<string> ConfigureAsync(
        string name,
        IReadOnlyList<(string Variant, string Model, double Weight)> variants,
        string? capture = null,
        Action<JsonObject>? change = null
    )
    {
        foreach (var (_, model, _) in variants)
        {
            var input = Json(
                $$$"""
                {"ModelName":"{{{model}}}","ExecutionRoleArn":"{{{Role}}}",
                 "PrimaryContainer":{"Image":"{{{Image}}}","ModelDataUrl":"s3://{{{Bucket}}}/{{{model}}}.tar.gz","Environment":{"COLOUR":"blue"} } }
                """
            );
            change?.Invoke(input);
            await SageMaker.CreateModelAsync(input);
        }

        var config = new JsonObject
        {
            ["EndpointConfigName"] = name,
            ["ProductionVariants"] = new JsonArray([
                .. variants.Select(variant => new JsonObject
                {
                    ["VariantName"] = variant.Variant,
                    ["ModelName"] = variant.Model,
                    ["InstanceType"] = "ml.g4dn.xlarge",
                    ["InitialInstanceCount"] = 1,
                    ["InitialVariantWeight"] = variant.Weight,
                }),
            ]),
        };
        if (capture is not null)
        {
            config["DataCaptureConfig"] = JsonNode.Parse(capture);
        }

        await SageMaker.CreateEndpointConfigAsync(config);
        return name;
    }

    public async Task CreateAsync(string name, string config)
    {
        await SageMaker.CreateEndpointAsync(
            new JsonObject { ["EndpointName"] = name, ["EndpointConfigName"] = config }
        );
        (await SettledAsync(name)).Text("FailureReason").ShouldBeNull();
    }

    public Task UpdateAsync(string name, string config, string? deployment = null)
    {
        var input = new JsonObject { ["EndpointName"] = name, ["EndpointConfigName"] = config };
        if (deployment is not null)
        {
            input["DeploymentConfig"] = JsonNode.Parse(deployment);
        }

        return SageMaker.UpdateEndpointAsync(input);
    }

    public async Task<JsonObject> DescribeAsync(string name) =>
        (await SageMaker.DescribeEndpointAsync(new JsonObject { ["EndpointName"] = name })).Tree;

    /// <summary>Waits until the endpoint is in service or failed, and returns it.</summary>
    public Task<JsonObject> SettledAsync(string name) =>
        Eventually.Async(
            () => DescribeAsync(name),
            endpoint => endpoint.Text("EndpointStatus") is "InService" or "Failed"
        );

    /// <summary>Deletes an endpoint, and waits until its servers have ended.</summary>
    public async Task DeleteAsync(string name)
    {
        await SettledAsync(name);
        await SageMaker.DeleteEndpointAsync(new JsonObject { ["EndpointName"] = name });
        await Eventually.Async(
            async () =>
                await SageMaker
                    .PagesAsync("ListEndpoints", Json($$"""{"NameContains":"{{name}}"}"""))
                    .AllAsync(page => page.Objects("Endpoints").All(endpoint => endpoint.Text("EndpointName") != name)),
            gone => gone
        );
    }

    public async Task<string> AskAsync(string endpoint, string body, string? variant = null) =>
        Encoding.UTF8.GetString(
            (
                await Runtime.InvokeEndpointAsync(
                    new InferenceRequest(endpoint, Encoding.UTF8.GetBytes(body), "text/csv") { TargetVariant = variant }
                )
            )
                .Body
                .Span
        );

    public async Task PutModelAsync(string key, byte[] bytes)
    {
        using var s3 = S3;
        await s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Bucket,
                Key = key,
                InputStream = new MemoryStream(bytes),
            }
        );
    }

    public static byte[] Archive(params IEnumerable<(string Name, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, text) in files)
            {
                tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    }
                );
            }
        }

        return bytes.ToArray();
    }

    public int ServerCount => Directory.GetDirectories(Path.Combine(Cloud.DataFolder, "servers")).Length;

    // Without retries, so that a test can count each failure.
    private void Connect() =>
        Connection = new AwsConnection(
            LocalCloudIdentity.Region,
            new BasicAWSCredentials(Cloud.Host.Keys.AccessKeyId, Cloud.Host.Keys.SecretAccessKey),
            Cloud.Host.Endpoint
        )
        {
            MaxAttempts = 1,
        };
}
