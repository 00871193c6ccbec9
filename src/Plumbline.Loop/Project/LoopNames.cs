using Plumbline.Loop.Stack;
using Plumbline.Records;

namespace Plumbline.Loop.Project;

/// <summary>The names of a loop's resources: all of it follows from the project's name and where it is.</summary>
public sealed record LoopNames(string Project, string Account, string Region)
{
    /// <summary>The branch whose commits are built.</summary>
    public const string DefaultBranch = "main";

    /// <summary>The branch that holds the ledger of deployments; a commit there starts no build.</summary>
    public const string LedgerBranch = "production";

    /// <summary>The one variant of the endpoint.</summary>
    public const string Variant = "AllTraffic";

    public string Bucket => Layout.Bucket(Project, Account);

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

    public string AccuracyAlarm => $"{Project}-accuracy";

    public string Topic => $"{Project}-alerts";

    public string BuildRole => $"{Project}-build";

    public string JobRole => $"{Project}-job";

    public string EndpointRole => $"{Project}-endpoint";

    public string EventsRole => $"{Project}-events";

    /// <summary>The repository of the image that holds the CLI and the jobs; one an account and region.</summary>
    public const string JobsRepository = "plumbline-jobs";

    /// <summary>The repository of the model server's image; one an account and region.</summary>
    public const string ServingRepository = "plumbline-serving";

    /// <summary>The tag of both images; null for those of the program that runs.</summary>
    public string? ImageTag { get; init; }

    public string JobsImage => Image(JobsRepository);

    public string ServingImage => Image(ServingRepository);

    public string RoleArn(string role) => $"arn:aws:iam::{Account}:role/{role}";

    public string RepositoryArn => $"arn:aws:codecommit:{Region}:{Account}:{Repository}";

    /// <summary>Where AWS's CodeCommit has the repository; the local cloud's has an address of its own.</summary>
    public string RepositoryUrl => $"https://git-codecommit.{Region}.amazonaws.com/v1/repos/{Repository}";

    public string TopicArn => $"arn:aws:sns:{Region}:{Account}:{Topic}";

    public string BuildProjectArn(string project) => $"arn:aws:codebuild:{Region}:{Account}:project/{project}";

    /// <summary>The ARN of something of SageMaker's, or a pattern of such ARNs.</summary>
    public string SageMakerArn(string kind, string name) => $"arn:aws:sagemaker:{Region}:{Account}:{kind}/{name}";

    public string PipelineArn(string pipeline) => SageMakerArn("pipeline", pipeline);

    public string PackageArn(long version) => SageMakerArn("model-package", $"{ModelPackageGroup}/{version}");

    private string Image(string repository) =>
        $"{Account}.dkr.ecr.{Region}.amazonaws.com/{repository}:{ImageTag ?? ImageContext.OwnTag}";

    /// <summary>The alarms that roll the deployment of an endpoint configuration back; they are there while it goes on.</summary>
    public static IReadOnlyList<string> RollbackAlarms(string config) => [$"{config}-5xx", $"{config}-latency"];

    /// <summary>The names of all configurations of the endpoint, and of the alarms of their deployments, as a pattern.</summary>
    public string Deployments => $"{Project}-v*";
}
