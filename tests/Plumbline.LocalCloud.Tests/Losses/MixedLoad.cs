using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.CodeBuild;
using Plumbline.LocalCloud.Tests.SageMaker.Pipelines;
using Plumbline.Pipelines;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>
/// Clients of all services that write, and record the acknowledgements, until their cloud is cut off.
/// </summary>
/// <param name="ledger">Collects the acknowledgements.</param>
/// <param name="round">Makes the names of several loads different.</param>
internal sealed class MixedLoad(AwsConnection connection, Ledger ledger, GitClient git, int round) : IDisposable
{
    public const string Bucket = "plain";
    public const string Versioned = "versioned";
    public const string Hot = "hot";
    public const string Name = "losses";
    public const string Source = "losses.test";
    public const string Pipeline = "Losses";
    public const string Endpoint = "losses";
    public const string Topic = "arn:aws:sns:us-east-1:000000000000:losses";
    private const string ServerImage = "000000000000.dkr.ecr.us-east-1.amazonaws.com/serve:latest";

    /// <summary>A model server that answers every request with 200.</summary>
    private const string Server = """
        use Socket; $SIG{CHLD} = 'IGNORE'; $SIG{TERM} = sub { exit };
        socket(S, PF_INET, SOCK_STREAM, 6) and bind(S, sockaddr_in(8080, INADDR_LOOPBACK)) and listen(S, 8) or die;
        while (accept(C, S)) { next if fork; while (<C>) { syswrite(C, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") if /^\r/ } exit }
        """;

    private const int PartSize = 5 * 1024 * 1024;

    private readonly IAmazonS3 s3 = S3ClientFactory.Create(connection);
    private readonly CancellationTokenSource cut = new();

    /// <summary>Writes the programs of the images; must run before the first cloud starts.</summary>
    public static Task WriteImagesAsync(string dataFolder) =>
        ShellSteps.WriteImagesAsync(
            dataFolder,
            new
            {
                image = ServerImage,
                command = (string[])["perl", "-e", Server],
                algorithm = "exec",
                port = 8080,
            }
        );

    /// <summary>Makes the resources that the clients write to.</summary>
    public async Task PrepareAsync()
    {
        await s3.PutBucketAsync(Bucket);
        await s3.PutBucketAsync(Versioned);
        await s3.PutBucketAsync(ShellSteps.Bucket);
        var enabled = new S3BucketVersioningConfig { Status = VersionStatus.Enabled };
        await s3.PutBucketVersioningAsync(new() { BucketName = Versioned, VersioningConfig = enabled });
        await CallAsync("sagemaker", "CreateModelPackageGroup", new { ModelPackageGroupName = Name });
        await CallAsync("sns", "CreateTopic", new { Name });
        await CallAsync("events", "PutRule", new { Name, EventPattern = $$"""{"source":["{{Source}}"]}""" });
        await CallAsync(
            "events",
            "PutTargets",
            new { Rule = Name, Targets = new[] { new { Id = "topic", Arn = Topic } } }
        );
        await CallAsync("logs", "CreateLogGroup", new { logGroupName = Name });
        await CallAsync("logs", "CreateLogStream", new { logGroupName = Name, logStreamName = Name });
        await CallAsync("codecommit", "CreateRepository", new { repositoryName = GitClient.Pushed });
        await CallAsync("codecommit", "CreateRepository", new { repositoryName = GitClient.Committed });
        var definition = new Pipeline { Steps = [ShellSteps.Processing("Work", "true")] }.ToDefinition();
        await CallAsync(
            "sagemaker",
            "CreatePipeline",
            new
            {
                PipelineName = Pipeline,
                PipelineDefinition = definition,
                RoleArn = PipelineCalls.Role,
            }
        );
        var nothing = new
        {
            type = "NO_SOURCE",
            buildspec = "version: 0.2\nphases:\n  build:\n    commands:\n      - true\n",
        };
        await CallAsync("codebuild", "CreateProject", BuildCalls.Project(Name, nothing));
        await CallAsync(
            "sagemaker",
            "CreateModel",
            new
            {
                ModelName = Name,
                PrimaryContainer = new { Image = ServerImage },
                ExecutionRoleArn = PipelineCalls.Role,
            }
        );
        await ConfigureAsync("");
        await CallAsync("sagemaker", "CreateEndpoint", new { EndpointName = Endpoint, EndpointConfigName = Name });
        await InServiceAsync();
    }

    /// <summary>Runs the load; the task ends at the cut.</summary>
    public Task RunAsync() =>
        Task.WhenAll(
            UntilCutAsync(PutAsync),
            UntilCutAsync(count => PutOnceAsync("a", count)),
            UntilCutAsync(count => PutOnceAsync("b", count)),
            UntilCutAsync(PutVersionAsync),
            UntilCutAsync(UploadPartsAsync),
            UntilCutAsync(RegisterAsync),
            UntilCutAsync(TellAsync),
            UntilCutAsync(PushAsync),
            UntilCutAsync(CommitAsync),
            UntilCutAsync(ExecuteAsync),
            UntilCutAsync(BuildAsync),
            UntilCutAsync(UpdateAsync)
        );

    /// <summary>From now on, calls may fail.</summary>
    public void Cut() => cut.Cancel();

    public void Dispose()
    {
        s3.Dispose();
        cut.Dispose();
    }

    private async Task UntilCutAsync(Func<int, Task> writeAsync)
    {
        try
        {
            for (var count = 0; !cut.IsCancellationRequested; count++)
            {
                await writeAsync(count);
            }
        }
        catch (Exception) when (cut.IsCancellationRequested)
        {
            // The write was not acknowledged.
        }
    }

    private Task<JsonObject> CallAsync(string service, string operation, object input) =>
        Calls.Client(service, connection).CallAsync(operation, JsonSerializer.SerializeToNode(input)!.AsObject());

    private Task<PutObjectResponse> PutAsync(string bucket, string key, byte[] bytes, string? ifNoneMatch = null) =>
        s3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = new MemoryStream(bytes),
                IfNoneMatch = ifNoneMatch,
            }
        );

    /// <summary>Stores objects of all sizes, and deletes every fourth.</summary>
    private async Task PutAsync(int count)
    {
        var bytes = RandomNumberGenerator.GetBytes(count % 5 == 0 ? 300_000 : count);
        var key = $"{round}/{count}";
        await PutAsync(Bucket, key, bytes);
        if (count % 4 > 0)
        {
            ledger.Add("object", key, S3.S3Bucket.Md5(bytes));
            return;
        }

        await s3.DeleteObjectAsync(Bucket, key);
        ledger.Add("deleted", key);
    }

    /// <summary>Two writers use the same keys with If-None-Match; one of them succeeds.</summary>
    private async Task PutOnceAsync(string writer, int count)
    {
        var key = $"once/{round}/{count}";
        var bytes = Encoding.ASCII.GetBytes(writer);
        try
        {
            await PutAsync(Bucket, key, bytes, "*");
            ledger.Add("won", key, S3.S3Bucket.Md5(bytes));
        }
        catch (AmazonS3Exception lost)
            when (lost.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            // The other writer was first.
        }
    }

    private async Task PutVersionAsync(int count)
    {
        var bytes = Encoding.ASCII.GetBytes($"{round}/{count}");
        var put = await PutAsync(Versioned, Hot, bytes);
        if (count % 3 > 0)
        {
            ledger.Add("version", put.VersionId, S3.S3Bucket.Md5(bytes));
            return;
        }

        await s3.DeleteObjectAsync(Versioned, Hot, put.VersionId);
        ledger.Add("deleted version", put.VersionId);
    }

    private async Task UploadPartsAsync(int count)
    {
        var key = $"parts/{round}/{count}";
        var upload = (await s3.InitiateMultipartUploadAsync(Bucket, key)).UploadId;
        var parts = new List<PartETag>();
        for (var number = 1; number <= 2; number++)
        {
            var part = await s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = Bucket,
                    Key = key,
                    UploadId = upload,
                    PartNumber = number,
                    InputStream = new MemoryStream(new byte[number == 1 ? PartSize : 1000]),
                }
            );
            parts.Add(new PartETag(number, part.ETag));
        }

        var whole = await s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = Bucket,
                Key = key,
                UploadId = upload,
                PartETags = parts,
            }
        );
        ledger.Add("upload in parts", key, whole.ETag.Trim('"'));
        // A few uploads of ten megabytes are enough.
        await Task.Delay(TimeSpan.FromSeconds(2), cut.Token);
    }

    private async Task RegisterAsync(int count)
    {
        var container = new { Image = "i", ModelDataUrl = "s3://b/m.tar.gz" };
        var made = await CallAsync(
            "sagemaker",
            "CreateModelPackage",
            new
            {
                ModelPackageGroupName = Name,
                ModelApprovalStatus = "PendingManualApproval",
                InferenceSpecification = new
                {
                    Containers = new[] { container },
                    SupportedContentTypes = new[] { "text/csv" },
                    SupportedResponseMIMETypes = new[] { "application/json" },
                },
            }
        );
        var arn = made.Text("ModelPackageArn")!;
        ledger.Add("package", arn);
        if (count % 2 == 0)
        {
            var approval = new { ModelPackageArn = arn, ModelApprovalStatus = "Approved" };
            await CallAsync("sagemaker", "UpdateModelPackage", approval);
            ledger.Add("approval", arn);
        }
    }

    /// <summary>Sends a metric, an event for a topic, a message to the topic and a log line.</summary>
    private async Task TellAsync(int count)
    {
        var name = $"{round}-{count}";
        await CallAsync(
            "monitoring",
            "PutMetricData",
            new { Namespace = Name, MetricData = new[] { new { MetricName = name, Value = count } } }
        );
        ledger.Add("metric", name);
        var put = await CallAsync(
            "events",
            "PutEvents",
            new
            {
                Entries = new[]
                {
                    new
                    {
                        Source,
                        DetailType = "t",
                        Detail = "{}",
                    },
                },
            }
        );
        ledger.Add("event", put.Objects("Entries").Single().Text("EventId")!);
        await CallAsync("sns", "Publish", new { TopicArn = Topic, Message = $"message {name}." });
        ledger.Add("message", $"message {name}.");
        var line = new { timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), message = $"line {name}." };
        await CallAsync(
            "logs",
            "PutLogEvents",
            new
            {
                logGroupName = Name,
                logStreamName = Name,
                logEvents = new[] { line },
            }
        );
        ledger.Add("line", $"line {name}.");
    }

    private async Task PushAsync(int count) => ledger.Add("push", await git.PushAsync($"{round}/{count}"));

    private async Task CommitAsync(int count)
    {
        string? parent = null;
        try
        {
            var branch = new { repositoryName = GitClient.Committed, branchName = "main" };
            parent = (await CallAsync("codecommit", "GetBranch", branch))["branch"]!.AsObject().Text("commitId");
        }
        catch (AwsException none) when (none.Code == "BranchDoesNotExistException")
        {
            // The first commit creates it.
        }

        var input = new JsonObject
        {
            ["repositoryName"] = GitClient.Committed,
            ["branchName"] = "main",
            ["parentCommitId"] = parent,
            ["putFiles"] = new JsonArray(
                new JsonObject
                {
                    ["filePath"] = "f",
                    ["fileContent"] = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{round}/{count}")),
                }
            ),
        };
        if (parent is null)
        {
            input.Remove("parentCommitId");
        }

        ledger.Add("commit", (await CallAsync("codecommit", "CreateCommit", input)).Text("commitId")!);
    }

    private async Task ExecuteAsync(int count)
    {
        var started = await CallAsync(
            "sagemaker",
            "StartPipelineExecution",
            new { PipelineName = Pipeline, ClientRequestToken = $"{Guid.NewGuid()}" }
        );
        var arn = started.Text("PipelineExecutionArn")!;
        ledger.Add("execution", arn);
        await Eventually.Async(
            () => CallAsync("sagemaker", "DescribePipelineExecution", new { PipelineExecutionArn = arn }),
            execution => execution.Text("PipelineExecutionStatus") != "Executing",
            cancellationToken: cut.Token
        );
        ledger.Add("ended execution", arn);
    }

    private async Task BuildAsync(int count)
    {
        var started = await CallAsync("codebuild", "StartBuild", new { projectName = Name });
        var id = (string)started["build"]!["id"]!;
        ledger.Add("build", id);
        await Eventually.Async(
            () => CallAsync("codebuild", "BatchGetBuilds", new { ids = new[] { id } }),
            answer => (bool)answer["builds"]![0]!["buildComplete"]!,
            cancellationToken: cut.Token
        );
    }

    /// <summary>Updates the endpoint to configurations whose names sort in the order of the updates.</summary>
    private async Task UpdateAsync(int count)
    {
        await InServiceAsync();
        var name = await ConfigureAsync($"-{round:D3}-{count:D4}");
        await CallAsync("sagemaker", "UpdateEndpoint", new { EndpointName = Endpoint, EndpointConfigName = name });
        ledger.Add("update", name);
    }

    private async Task<string> ConfigureAsync(string suffix)
    {
        var name = Name + suffix;
        var variant = new
        {
            VariantName = "v",
            ModelName = Name,
            InstanceType = "ml.m5.large",
            InitialInstanceCount = 1,
        };
        await CallAsync(
            "sagemaker",
            "CreateEndpointConfig",
            new { EndpointConfigName = name, ProductionVariants = new[] { variant } }
        );
        return name;
    }

    /// <summary>An update of an earlier round may still be in progress.</summary>
    private Task InServiceAsync() =>
        Eventually.Async(
            () => CallAsync("sagemaker", "DescribeEndpoint", new { EndpointName = Endpoint }),
            endpoint => endpoint.Text("EndpointStatus") == "InService",
            cancellationToken: cut.Token
        );
}
