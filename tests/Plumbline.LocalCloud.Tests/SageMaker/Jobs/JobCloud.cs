using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Tests.Losses;
using Plumbline.LocalCloud.Tests.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

/// <summary>
/// A local cloud whose image <c>shell</c> runs a job's entry point, with the requests that jobs need. It can be closed
/// while jobs run, and opened again on the same data.
/// </summary>
public sealed class JobCloud : IAsyncLifetime
{
    public const string Role = "arn:aws:iam::000000000000:role/digits-job";
    public const string Bucket = "job-tests";
    public const int LargestCopiedInput = 1024 * 1024;

    private static readonly string[] Finished = ["Completed", "Failed", "Stopped"];

    private readonly CloudHere cloud;

    public JobCloud() =>
        cloud = new CloudHere(options =>
            options with
            {
                LargestCopiedInput = LargestCopiedInput,
                WithoutSandbox = WithoutSandbox,
                Internet = Internet,
                VolumePause = VolumePause,
                BuildDisk = BuildDisk,
                Bubblewrap = Bubblewrap,
            }
        );

    public string DataFolder => cloud.DataFolder;

    public bool WithoutSandbox { get; init; }

    public Internet Internet { get; init; } = Internet.Builds;

    public TimeSpan VolumePause { get; init; } = TimeSpan.FromSeconds(5);

    public long? BuildDisk { get; init; }

    /// <summary>The program to run as bubblewrap.</summary>
    public string Bubblewrap { get; init; } = "bwrap";

    /// <summary>A file that jobs can see and wait for.</summary>
    public string Signal { get; } = JobScripts.NewSignal();

    /// <summary>A shell line that waits for <see cref="Signal"/>.</summary>
    public string WaitForSignal => JobScripts.WaitFor(Signal);

    public static string Image(string name) => $"000000000000.dkr.ecr.us-east-1.amazonaws.com/{name}:latest";

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(DataFolder);
        await File.WriteAllTextAsync(Path.Combine(DataFolder, "images.json"), JsonSerializer.Serialize(JobImages.All));
        await OpenAsync();
        await CallAsync("s3", "CreateBucket", new { Bucket });
    }

    public Task OpenAsync() => cloud.StartAsync();

    /// <summary>Closes the server; jobs continue.</summary>
    public Task CloseAsync() => cloud.StopAsync();

    public async Task DisposeAsync()
    {
        await File.WriteAllTextAsync(Signal, "");
        await CloseAsync();
        await LeftPrograms.EndAsync(DataFolder);
        File.Delete(Signal);
        var strangers = StoredTrees.Strangers(DataFolder);
        await cloud.DisposeAsync();
        strangers.ShouldBeEmpty();
    }

    public T Service<T>()
        where T : notnull => cloud.Host.Services.GetRequiredService<T>();

    public Task<JsonObject> CallAsync(string service, string operation, object input) =>
        Service<Dispatcher>()
            .CallAsync(service, operation, JsonSerializer.SerializeToNode(input)!.AsObject(), Caller.Root);

    public Task<JsonObject> SageMakerAsync(string operation, object input) => CallAsync("sagemaker", operation, input);

    public Task<AwsException> RefusalAsync(string operation, object input) =>
        Should.ThrowAsync<AwsException>(() => SageMakerAsync(operation, input));

    public async Task PutAsync(string key, byte[] content)
    {
        using var body = new MemoryStream(content);
        var input = new JsonObject { ["Bucket"] = Bucket, ["Key"] = key };
        await Service<Dispatcher>().ReplyAsync("s3", "PutObject", input, Caller.Root, body);
    }

    public Task PutAsync(string key, string content) => PutAsync(key, System.Text.Encoding.UTF8.GetBytes(content));

    public async Task<byte[]> GetAsync(string key)
    {
        var input = new JsonObject { ["Bucket"] = Bucket, ["Key"] = key };
        var reply = await Service<Dispatcher>().ReplyAsync("s3", "GetObject", input, Caller.Root, body: null);
        using var content = new MemoryStream();
        await reply.WriteBodyAsync!(content, CancellationToken.None);
        return content.ToArray();
    }

    public async Task<string> GetTextAsync(string key) => System.Text.Encoding.UTF8.GetString(await GetAsync(key));

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        var listed = await CallAsync("s3", "ListObjectsV2", new { Bucket, Prefix = prefix });
        return [.. listed.Objects("Contents").Select(entry => entry.Text("Key")!)];
    }

    /// <summary>Unpacks a stored <c>tar.gz</c>.</summary>
    public async Task<Dictionary<string, string>> UnpackAsync(string key)
    {
        using var packed = new MemoryStream(await GetAsync(key));
        await using var plain = new GZipStream(packed, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        var files = new Dictionary<string, string>();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
            files[entry.Name] = await reader.ReadToEndAsync();
        }

        return files;
    }

    /// <summary>The input of CreateTrainingJob for a shell script; <paramref name="change"/> may change it.</summary>
    public static JsonObject Training(string name, string script, Action<JsonObject>? change = null)
    {
        var request = JsonSerializer
            .SerializeToNode(
                new
                {
                    TrainingJobName = name,
                    AlgorithmSpecification = new
                    {
                        TrainingImage = Image("shell"),
                        TrainingInputMode = "File",
                        ContainerEntrypoint = JobScripts.EntryPoint(script),
                    },
                    RoleArn = Role,
                    OutputDataConfig = new { S3OutputPath = $"s3://{Bucket}/models" },
                    ResourceConfig = new
                    {
                        InstanceType = "ml.m5.large",
                        InstanceCount = 1,
                        VolumeSizeInGB = 1,
                    },
                    StoppingCondition = new { MaxRuntimeInSeconds = 600 },
                }
            )!
            .AsObject();
        change?.Invoke(request);
        return request;
    }

    /// <summary>A training channel with an S3Prefix.</summary>
    public static JsonNode Channel(string name, string prefix) =>
        JsonSerializer.SerializeToNode(
            new
            {
                ChannelName = name,
                DataSource = new { S3DataSource = new { S3DataType = "S3Prefix", S3Uri = $"s3://{Bucket}/{prefix}" } },
            }
        )!;

    /// <summary>The input of CreateProcessingJob for a shell script; <paramref name="change"/> may change it.</summary>
    public static JsonObject Processing(string name, string script, Action<JsonObject>? change = null)
    {
        var request = JsonSerializer
            .SerializeToNode(
                new
                {
                    ProcessingJobName = name,
                    AppSpecification = new
                    {
                        ImageUri = Image("shell"),
                        ContainerEntrypoint = JobScripts.EntryPoint(script),
                    },
                    RoleArn = Role,
                    ProcessingResources = new
                    {
                        ClusterConfig = new
                        {
                            InstanceType = "ml.m5.large",
                            InstanceCount = 1,
                            VolumeSizeInGB = 1,
                        },
                    },
                }
            )!
            .AsObject();
        change?.Invoke(request);
        return request;
    }

    /// <summary>Creates a training job and waits for its end.</summary>
    public async Task<JsonObject> TrainAsync(JsonObject request)
    {
        await SageMakerAsync("CreateTrainingJob", request);
        return await TrainedAsync(request.Text("TrainingJobName")!);
    }

    public Task<JsonObject> TrainingJobAsync(string name) =>
        SageMakerAsync("DescribeTrainingJob", new { TrainingJobName = name });

    public Task<JsonObject> TrainedAsync(string name) =>
        Eventually.Async(() => TrainingJobAsync(name), job => Finished.Contains(job.Text("TrainingJobStatus")));

    public Task<JsonObject> TrainingAsync(string name, string secondaryStatus) =>
        Eventually.Async(() => TrainingJobAsync(name), job => job.Text("SecondaryStatus") == secondaryStatus);

    /// <summary>Creates a processing job and waits for its end.</summary>
    public async Task<JsonObject> ProcessAsync(JsonObject request)
    {
        await SageMakerAsync("CreateProcessingJob", request);
        return await Eventually.Async(
            () =>
                SageMakerAsync("DescribeProcessingJob", new { ProcessingJobName = request.Text("ProcessingJobName") }),
            job => Finished.Contains(job.Text("ProcessingJobStatus"))
        );
    }

    /// <summary>A job's output, from CloudWatch Logs.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string group, string job)
    {
        var found = await CallAsync(
            "logs",
            "FilterLogEvents",
            new { logGroupName = group, logStreamNamePrefix = $"{job}/algo-1-" }
        );
        return [.. found.Objects("events").Select(line => line.Text("message")!)];
    }

    public Task<IReadOnlyList<string>> TrainingLogAsync(string job) => LogAsync("/aws/sagemaker/TrainingJobs", job);

    /// <summary>A job's output; empty if its log stream does not exist yet.</summary>
    public async Task<IReadOnlyList<string>> TrainingLogAsyncOrNone(string job)
    {
        try
        {
            return await TrainingLogAsync(job);
        }
        catch (AwsException exception) when (exception.Code == "ResourceNotFoundException")
        {
            return [];
        }
    }
}
