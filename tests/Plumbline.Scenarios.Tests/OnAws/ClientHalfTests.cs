using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Approval;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Retraining;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// The loop's own classes with moto as the cloud, an independent implementation. The test reads everything that they
/// sent through boto3 and compares it, property by property.
/// </summary>
public sealed class ClientHalfTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly MotoGaps gaps = new();
    private MotoServer moto = null!;
    private ProjectFolder project = null!;
    private LoopContext loop = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        moto = await MotoServer.StartAsync();
        project = ProjectTemplate.Create(folder.Path, "moons", ProjectTemplate.Moons("moons"));
        await new WorkTree(project.Root).BeginAsync("The first", CancellationToken.None);
        var clients = new LoopClients(moto.Connect(gaps));
        loop = await LoopContext.CreateAsync(project.Description, clients);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        loop.Clients.Dispose();
        await moto.DisposeAsync();
        folder.Dispose();
    }

    [ProgramAndPythonFact("boto3", "moto_server", "git")]
    public async Task What_the_loop_sends_is_what_another_implementation_of_AWS_has()
    {
        var commit = (await new WorkTree(project.Root).HeadAsync(default))!;
        var inputs = await TrainingInputs.OfAsync(project, commit, default);
        await MakeAsync(inputs);
        await MakeAsync(inputs);
        await TrainAsync(inputs);
        await DeployAsync(1);
        await DeployAsync(2);
        await MeasureAsync();
        gaps.Met.ShouldBe([
            "CodeBuild_20161006.UpdateProject",
            "CodeCommit_20150413.CreateBranch",
            "CodeCommit_20150413.CreateCommit",
            "CodeCommit_20150413.GetBranch",
            "CodeCommit_20150413.GetFile",
            "SageMaker.UpdateEndpoint",
        ]);
    }

    /// <summary>Makes all resources of the list, also alarms, rules and targets.</summary>
    private async Task MakeAsync(TrainingInputs inputs)
    {
        await new ResourceApplier(loop).ApplyAsync(inputs, null, default);
        var back = new ReadBack(moto);
        var url = loop.Names.RepositoryUrl;
        foreach (var resource in LoopResources.Of(loop.Project, loop.Names, url, inputs))
        {
            Add(back, resource);
        }

        (await back.RunAsync()).ShouldBeGreaterThan(20);
    }

    private static void Add(ReadBack back, LoopResource resource)
    {
        var (sent, name) = (resource.Definition, resource.Name);
        switch (resource.Kind)
        {
            case ResourceKind.Role:
                var role = (JsonObject)sent.DeepClone();
                role["AssumeRolePolicyDocument"] = JsonNode.Parse(sent.Text("AssumeRolePolicyDocument")!);
                back.Add("iam", "get_role", new JsonObject { ["RoleName"] = name }, "Role", role);
                var policy = (JsonObject)resource.Attached.Single().DeepClone();
                policy["PolicyDocument"] = JsonNode.Parse(policy.Text("PolicyDocument")!);
                var named = new JsonObject { ["RoleName"] = name, ["PolicyName"] = policy["PolicyName"]!.DeepClone() };
                back.Add("iam", "get_role_policy", named, "", policy);
                break;
            case ResourceKind.Bucket:
                back.Add("s3", "head_bucket", new JsonObject { ["Bucket"] = name }, "", new JsonObject());
                break;
            case ResourceKind.Repository:
                var repository = new JsonObject { ["repositoryName"] = name };
                back.Add("codecommit", "get_repository", repository, "repositoryMetadata", sent);
                break;
            case ResourceKind.Topic:
                back.Add(
                    "sns",
                    "list_topics",
                    [],
                    answer =>
                        answer["Topics"]!
                            .AsArray()
                            .ShouldContain(topic => topic!["TopicArn"]!.ToString().EndsWith($":{name}"))
                );
                break;
            case ResourceKind.ModelPackageGroup:
                var group = new JsonObject { ["ModelPackageGroupName"] = name };
                back.Add("sagemaker", "describe_model_package_group", group, "", sent);
                break;
            case ResourceKind.BuildProject:
                var projects = new JsonObject { ["names"] = new JsonArray(name) };
                back.Add("codebuild", "batch_get_projects", projects, "projects.0", sent);
                break;
            case ResourceKind.Pipeline:
                back.Add("sagemaker", "describe_pipeline", new JsonObject { ["PipelineName"] = name }, "", sent);
                break;
            case ResourceKind.Alarm:
                var alarms = new JsonObject { ["AlarmNames"] = new JsonArray(name) };
                back.Add("cloudwatch", "describe_alarms", alarms, "MetricAlarms.0", sent);
                break;
            case ResourceKind.Rule:
                back.Add("events", "describe_rule", new JsonObject { ["Name"] = name }, "", sent);
                var targets = new JsonArray([.. resource.Attached.Select(target => target.DeepClone())]);
                back.Add("events", "list_targets_by_rule", new JsonObject { ["Rule"] = name }, "Targets", targets);
                break;
            default:
                throw new InvalidOperationException($"{resource.Kind} is in the list and nothing here reads it back.");
        }
    }

    /// <summary>Uploads the data, makes both pipelines, and starts an execution.</summary>
    private async Task TrainAsync(TrainingInputs inputs)
    {
        var decision = await new Governor(loop, project).DecideAsync(Trigger.Hand, inputs.Commit, default);
        decision.Started.ShouldBeTrue(decision.Reason);
        var back = new ReadBack(moto);
        back.Add("s3", "get_object", In(inputs.BaseKey), "Body", await File.ReadAllTextAsync(project.DataFile));
        back.Add("s3", "get_object", In(inputs.ProjectKey), "Body", project.Description.ToJson());
        var execution = new JsonObject { ["PipelineExecutionArn"] = decision.ExecutionArn };
        back.Add(
            "sagemaker",
            "describe_pipeline_execution",
            execution,
            "",
            new JsonObject { ["PipelineExecutionDisplayName"] = $"hand-{inputs.Commit[..12]}" }
        );
        back.Add(
            "sagemaker",
            "list_pipeline_parameters_for_execution",
            execution,
            "PipelineParameters",
            new JsonArray(new JsonObject { ["Name"] = "Trigger", ["Value"] = "hand" })
        );
        await back.RunAsync();
    }

    /// <summary>Registers a version like the pipeline's step, approves and deploys it.</summary>
    private async Task DeployAsync(int version)
    {
        var sageMaker = loop.Clients.SageMaker;
        var package = RegisteredPackage.Of(TrainingPipeline.Definition(loop.Project, loop.Names), loop.Names.Bucket);
        await loop.Bucket.PutTextAsync(RegisteredPackage.Evaluation, "{}");
        await sageMaker.CreateModelPackageAsync(package);
        await new Approvals(loop).ApproveAsync(version, $"good, {version}");
        var deployed = await new Deployer(loop, TimeProvider.System).ReconcileAsync(
            loop.Names.PackageArn(version),
            default
        );
        deployed.Outcome.ShouldBe("deployed", deployed.Detail);

        var entry = (await new Ledger(loop).ReadAsync())[^1];
        var back = new ReadBack(moto);
        var approved = (JsonObject)package.DeepClone();
        approved["ModelApprovalStatus"] = "Approved";
        approved["ApprovalDescription"] = $"good, {version}";
        // moto drops the properties that a package is created with.
        var act = (await loop.History.ReadAsync()).Last(one => one.Act.What == "approve").Act;
        approved["CustomerMetadataProperties"] = new JsonObject
        {
            [ModelMetadata.Decision] = $"approve:{act.Id}:{ModelMetadata.HashOf(act.Why)}",
        };
        var arn = new JsonObject { ["ModelPackageName"] = loop.Names.PackageArn(version) };
        back.Add("sagemaker", "describe_model_package", arn, "", approved);
        back.Add(
            "sagemaker",
            "describe_model",
            new JsonObject { ["ModelName"] = $"moons-v{version}" },
            "",
            new JsonObject
            {
                ["ExecutionRoleArn"] = loop.Names.RoleArn(loop.Names.EndpointRole),
                ["PrimaryContainer"] = new JsonObject { ["ModelPackageName"] = loop.Names.PackageArn(version) },
            }
        );
        back.Add(
            "sagemaker",
            "describe_endpoint_config",
            new JsonObject { ["EndpointConfigName"] = entry.EndpointConfig },
            "",
            new JsonObject
            {
                ["ProductionVariants"] = new JsonArray(
                    new JsonObject
                    {
                        ["VariantName"] = LoopNames.Variant,
                        ["ModelName"] = $"moons-v{version}",
                        ["InstanceType"] = loop.Project.Endpoint.Instance,
                        ["InitialInstanceCount"] = 1,
                    }
                ),
                ["DataCaptureConfig"] = new JsonObject
                {
                    ["EnableCapture"] = true,
                    ["InitialSamplingPercentage"] = 100,
                    ["DestinationS3Uri"] = loop.Bucket.UriOf(Layout.Captures),
                },
            }
        );
        back.Add(
            "sagemaker",
            "describe_endpoint",
            new JsonObject { ["EndpointName"] = loop.Names.Endpoint },
            "",
            new JsonObject { ["EndpointConfigName"] = entry.EndpointConfig, ["EndpointStatus"] = "InService" }
        );
        await back.RunAsync();
    }

    /// <summary>Publishes an accuracy like the monitor.</summary>
    private async Task MeasureAsync()
    {
        var dimensions = new JsonArray(
            new JsonObject { ["Name"] = ModelQualityMetric.EndpointDimension, ["Value"] = loop.Names.Endpoint },
            new JsonObject { ["Name"] = ModelQualityMetric.ScheduleDimension, ["Value"] = loop.Names.MonitorRule }
        );
        var space = loop.Project.Monitor.Namespace;
        await loop.Clients.CloudWatch.PutMetricDataAsync(
            new JsonObject
            {
                ["Namespace"] = space,
                ["MetricData"] = new JsonArray(
                    new JsonObject
                    {
                        ["MetricName"] = MetricKind.Accuracy,
                        ["Dimensions"] = dimensions.DeepClone(),
                        ["Value"] = 0.9375,
                        ["Unit"] = "None",
                    }
                ),
            }
        );
        var back = new ReadBack(moto);
        var asked = new JsonObject
        {
            ["Namespace"] = space,
            ["MetricName"] = MetricKind.Accuracy,
            ["Dimensions"] = dimensions.DeepClone(),
            ["StartTime"] = DateTimeOffset.UtcNow.AddHours(-1).ToString("O"),
            ["EndTime"] = DateTimeOffset.UtcNow.AddHours(1).ToString("O"),
            ["Period"] = 7200,
            ["Statistics"] = new JsonArray("Average"),
        };
        back.Add(
            "cloudwatch",
            "get_metric_statistics",
            asked,
            "Datapoints",
            new JsonArray(new JsonObject { ["Average"] = 0.9375 })
        );
        await back.RunAsync();
    }

    private JsonObject In(string key) => new() { ["Bucket"] = loop.Names.Bucket, ["Key"] = key };
}
