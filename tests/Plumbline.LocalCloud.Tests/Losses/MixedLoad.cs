using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
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
    public Task RunAsync()
    {
        var objects = new ObjectLoad(s3, ledger, round);
        var commits = new CommitLoad(connection, ledger, git, round);
        return Task.WhenAll(
            UntilCutAsync(objects.PutAsync),
            UntilCutAsync(count => objects.PutOnceAsync("a", count)),
            UntilCutAsync(count => objects.PutOnceAsync("b", count)),
            UntilCutAsync(objects.PutVersionAsync),
            UntilCutAsync(async count =>
            {
                await objects.UploadPartsAsync(count);
                // A few uploads of ten megabytes are enough.
                await Task.Delay(TimeSpan.FromSeconds(2), cut.Token);
            }),
            UntilCutAsync(RegisterAsync),
            UntilCutAsync(TellAsync),
            UntilCutAsync(commits.PushAsync),
            UntilCutAsync(commits.CommitAsync),
            UntilCutAsync(ExecuteAsync),
            UntilCutAsync(BuildAsync),
            UntilCutAsync(UpdateAsync)
        );
    }

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
