using Plumbline.Aws.Arns;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Home;

/// <summary>The names of a loop's resources, from the project's name and stage, the account and the region.</summary>
/// <param name="Project">The project's name, with its stage if it has one.</param>
/// <param name="Account">The account's number.</param>
/// <param name="Region">Such as <c>us-east-1</c>.</param>
public sealed record LoopNames(string Project, string Account, string Region)
{
    /// <summary>The names of a project's loop.</summary>
    public static LoopNames Of(ProjectDescription project, string account, string region) =>
        new(project.LoopName(), account, region) { Aws = project.Aws ?? new AwsDescription() };

    /// <summary>The project's settings for its AWS account.</summary>
    public AwsDescription Aws { get; init; } = new();

    /// <summary>The AWS partition of the region, such as <c>aws</c> or <c>aws-cn</c>.</summary>
    public string Partition => AwsPartition.Of(Region);

    /// <summary>The branch whose commits are built.</summary>
    public const string DefaultBranch = "main";

    /// <summary>The branch that holds the ledger of deployments; a commit there starts no build.</summary>
    public const string LedgerBranch = "production";

    /// <summary>The one variant of the endpoint.</summary>
    public const string Variant = "AllTraffic";

    /// <summary>
    /// Unique in AWS. The name of a stage's bucket includes the region; without a stage it keeps its old form, since
    /// existing buckets hold data.
    /// </summary>
    public string Bucket =>
        Aws.Stage is null ? Layout.Bucket(Project, Account) : Layout.StageBucket(Project, Account, Region);

    public string Repository => Project;

    public string BuildProject => $"{Project}-build";

    public string DeployProject => $"{Project}-deploy";

    public string TrainingPipeline => $"{Project}-training";

    public string MonitorPipeline => $"{Project}-monitor";

    public string ModelPackageGroup => Project;

    public string Endpoint => Project;

    public string PushRule => $"{Project}-push";

    public string PackageRule => $"{Project}-package";

    public string PolicyRule => $"{Project}-policy";

    public string AccuracyRule => $"{Project}-accuracy";

    public string WaitingRule => $"{Project}-waiting";

    public string MonitorRule => $"{Project}-monitor";

    public string FailedRunRule => $"{Project}-failed-run";

    public string FailedBuildRule => $"{Project}-failed-build";

    public string FailedEndpointRule => $"{Project}-failed-endpoint";

    public string NoFigureAlarm => $"{Project}-no-figure";

    public string ErrorsAlarm => $"{Project}-errors";

    public string AccuracyAlarm => $"{Project}-accuracy";

    public string Topic => $"{Project}-alerts";

    /// <summary>Dashboards, like roles, have one namespace for all regions of an account.</summary>
    public string Dashboard => InAllRegions;

    /// <summary>For the builds of commits, which run the repository's buildspec.</summary>
    public string BuildRole => Role("build");

    /// <summary>For the builds of decisions, which run the loop's own commands.</summary>
    public string DeployRole => Role("deploy");

    /// <summary>For the pipelines, which start jobs and register versions.</summary>
    public string PipelineRole => Role("pipeline");

    /// <summary>For the jobs, which run the project's code on its data.</summary>
    public string JobRole => Role("job");

    public string EndpointRole => Role("endpoint");

    public string EventsRole => Role("events");

    private string InAllRegions => Aws.Stage is null ? Project : $"{Project}-{Region}";

    private string Role(string actor) => $"{InAllRegions}-{actor}";

    /// <summary>True if the project names an existing role, so that none is created.</summary>
    public bool IsGiven(string role) => Aws.Roles.ContainsKey(ActorOf(role));

    private static string ActorOf(string role) => role[(role.LastIndexOf('-') + 1)..];

    /// <summary>The repository of the image with the CLI and the jobs; one for each account and region.</summary>
    public const string JobsRepository = "plumbline-jobs";

    /// <summary>The repository of the model server's image; one for each account and region.</summary>
    public const string ServingRepository = "plumbline-serving";

    /// <summary>True if the project names both images, so that none is built.</summary>
    public bool HasImages => Aws.Images is { Jobs: not null, Serving: not null };

    /// <summary>The tag of both images; null for the tag of this program's images.</summary>
    public string? ImageTag { get; init; }

    public string JobsImage => Image(JobsRepository);

    public string ServingImage => Image(ServingRepository);

    public string RoleArn(string role) =>
        Aws.Roles.GetValueOrDefault(ActorOf(role))
        ?? new Arn(Partition, "iam", "", Account, $"role{Aws.RolePath ?? "/"}{role}").ToString();

    /// <summary>The ARN of a resource of the account in the region.</summary>
    public string Arn(string service, string resource) =>
        new Arn(Partition, service, Region, Account, resource).ToString();

    /// <summary>The ARN of the bucket, or of keys in it.</summary>
    public string S3Arn(string key = "") => new Arn(Partition, "s3", "", "", Bucket + key).ToString();

    public string RepositoryArn => Arn("codecommit", Repository);

    /// <summary>The clone URL at AWS's CodeCommit; the local cloud has another one.</summary>
    public string RepositoryUrl =>
        $"https://git-codecommit.{Region}.{AwsPartition.DomainOf(Region)}/v1/repos/{Repository}";

    public string TopicArn => Arn("sns", Topic);

    public string BuildProjectArn(string project) => Arn("codebuild", $"project/{project}");

    /// <summary>The ARN of a SageMaker resource, or a pattern of such ARNs.</summary>
    public string SageMakerArn(string kind, string name) => Arn("sagemaker", $"{kind}/{name}");

    public string PipelineArn(string pipeline) => SageMakerArn("pipeline", pipeline);

    public string PackageArn(long version) => SageMakerArn("model-package", $"{ModelPackageGroup}/{version}");

    private string Image(string repository) =>
        $"{Account}.dkr.ecr.{Region}.{AwsPartition.DomainOf(Region)}/{repository}:{ImageTag ?? ImageContext.OwnTag}";

    /// <summary>The alarms that can roll a configuration's deployment back; they exist only during it.</summary>
    public static IReadOnlyList<string> RollbackAlarms(string config) => [$"{config}-5xx", $"{config}-latency"];

    /// <summary>A pattern for the names of all endpoint configurations and of their alarms.</summary>
    public string Deployments => $"{Project}-v*";
}
