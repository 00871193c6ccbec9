using System.Text.Json.Nodes;
using Plumbline.Aws.Instances;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>
/// One role per actor: who may take it, and what it may do, no more than what the actor does. What has to stay wide is
/// what AWS gives no resource for: <c>cloudwatch:PutMetricData</c> and <c>ecr:GetAuthorizationToken</c> (the service
/// authorization reference lists no resource type for them), <c>cloudwatch:DescribeAlarms</c> of several names, and the
/// lists of SageMaker.
/// </summary>
internal static class LoopRoles
{
    public static IEnumerable<LoopResource> Of(ProjectDescription project, LoopNames names) =>
        [
            Role(names.BuildRole, "codebuild.amazonaws.com", Build(names)),
            Role(names.JobRole, "sagemaker.amazonaws.com", Job(project, names)),
            Role(names.EndpointRole, "sagemaker.amazonaws.com", Endpoint(project, names)),
            Role(names.EventsRole, "events.amazonaws.com", Events(names)),
        ];

    /// <summary>The builds: they validate, start trainings, approve by policy, and deploy.</summary>
    private static IEnumerable<JsonObject> Build(LoopNames names) =>
        [
            .. Bucket(names),
            Allow(
                [
                    "sagemaker:CreatePipeline",
                    "sagemaker:UpdatePipeline",
                    "sagemaker:DescribePipeline",
                    "sagemaker:StartPipelineExecution",
                    "sagemaker:DescribePipelineExecution",
                    "sagemaker:DescribePipelineDefinitionForExecution",
                    "sagemaker:ListPipelineExecutions",
                    "sagemaker:ListPipelineExecutionSteps",
                ],
                names.SageMakerArn("pipeline", $"{names.Project}-*")
            ),
            Allow(
                ["sagemaker:DescribeModelPackage", "sagemaker:UpdateModelPackage"],
                names.SageMakerArn("model-package", $"{names.ModelPackageGroup}/*")
            ),
            Allow(
                ["sagemaker:ListModelPackages"],
                names.SageMakerArn("model-package-group", names.ModelPackageGroup),
                names.SageMakerArn("model-package", $"{names.ModelPackageGroup}/*")
            ),
            Allow(
                ["sagemaker:CreateModel", "sagemaker:DescribeModel"],
                names.SageMakerArn("model", $"{names.Project}-*"),
                names.SageMakerArn("model-package", $"{names.ModelPackageGroup}/*")
            ),
            Allow(
                ["sagemaker:CreateEndpointConfig", "sagemaker:DescribeEndpointConfig"],
                names.SageMakerArn("endpoint-config", $"{names.Project}-*"),
                names.SageMakerArn("model", $"{names.Project}-*")
            ),
            Allow(
                ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"],
                names.SageMakerArn("endpoint", names.Endpoint),
                names.SageMakerArn("endpoint-config", $"{names.Project}-*")
            ),
            Allow(
                ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint", "sagemaker:InvokeEndpoint"],
                names.SageMakerArn("endpoint", names.Endpoint)
            ),
            Allow(
                [
                    "codecommit:GitPull",
                    "codecommit:GetBranch",
                    "codecommit:GetFile",
                    "codecommit:CreateBranch",
                    "codecommit:CreateCommit",
                ],
                names.RepositoryArn
            ),
            // A filter by several names is a list of alarms.
            Allow(["cloudwatch:DescribeAlarms"], "*"),
            PassRole("sagemaker.amazonaws.com", names.RoleArn(names.JobRole), names.RoleArn(names.EndpointRole)),
            Logs(names, $"/aws/codebuild/{names.Project}-*"),
            .. Images(names, LoopNames.JobsRepository),
        ];

    /// <summary>The jobs of both pipelines, and the pipelines themselves, which start them.</summary>
    private static IEnumerable<JsonObject> Job(ProjectDescription project, LoopNames names) =>
        [
            .. Bucket(names),
            Allow(
                [
                    "sagemaker:CreateTrainingJob",
                    "sagemaker:DescribeTrainingJob",
                    "sagemaker:StopTrainingJob",
                    "sagemaker:AddTags",
                ],
                names.SageMakerArn("training-job", "*")
            ),
            Allow(
                [
                    "sagemaker:CreateProcessingJob",
                    "sagemaker:DescribeProcessingJob",
                    "sagemaker:StopProcessingJob",
                    "sagemaker:AddTags",
                ],
                names.SageMakerArn("processing-job", "*")
            ),
            Allow(
                ["sagemaker:CreateModelPackage", "sagemaker:DescribeModelPackage", "sagemaker:AddTags"],
                names.SageMakerArn("model-package", $"{names.ModelPackageGroup}/*"),
                names.SageMakerArn("model-package-group", names.ModelPackageGroup)
            ),
            Allow(["sagemaker:DescribeEndpoint"], names.SageMakerArn("endpoint", names.Endpoint)),
            Allow(["sagemaker:DescribeEndpointConfig"], names.SageMakerArn("endpoint-config", $"{names.Project}-*")),
            Allow(["sagemaker:DescribeModel"], names.SageMakerArn("model", $"{names.Project}-*")),
            Allow(["cloudwatch:PutMetricData", "cloudwatch:DescribeAlarms"], "*"),
            Allow(["events:PutEvents"], $"arn:aws:events:{names.Region}:{names.Account}:event-bus/default"),
            PassRole("sagemaker.amazonaws.com", names.RoleArn(names.JobRole)),
            Logs(names, "/aws/sagemaker/*"),
            .. Images(names, LoopNames.JobsRepository, LoopNames.ServingRepository),
            .. AwsImages(project, names, PyTorchImages.TrainingRepository, PyTorchImages.InferenceRepository),
        ];

    /// <summary>The endpoint: it reads its model, and captures what it answers.</summary>
    private static IEnumerable<JsonObject> Endpoint(ProjectDescription project, LoopNames names) =>
        [
            Allow(["s3:GetObject"], $"arn:aws:s3:::{names.Bucket}/*"),
            Allow(["s3:PutObject"], $"arn:aws:s3:::{names.Bucket}/captures/*"),
            Allow(["s3:ListBucket"], $"arn:aws:s3:::{names.Bucket}"),
            Allow(["cloudwatch:PutMetricData"], "*"),
            Logs(names, "/aws/sagemaker/*"),
            .. Images(names, LoopNames.ServingRepository),
            .. AwsImages(project, names, PyTorchImages.InferenceRepository),
        ];

    /// <summary>The rules: they start builds and measurements.</summary>
    private static IEnumerable<JsonObject> Events(LoopNames names) =>
        [
            Allow(
                ["codebuild:StartBuild"],
                names.BuildProjectArn(names.BuildProject),
                names.BuildProjectArn(names.DeployProject)
            ),
            Allow(["sagemaker:StartPipelineExecution"], names.PipelineArn(names.MonitorPipeline)),
        ];

    private static IEnumerable<JsonObject> Bucket(LoopNames names) =>
        [
            Allow(["s3:ListBucket"], $"arn:aws:s3:::{names.Bucket}"),
            Allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], $"arn:aws:s3:::{names.Bucket}/*"),
        ];

    private static JsonObject Logs(LoopNames names, string group) =>
        Allow(
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            $"arn:aws:logs:{names.Region}:{names.Account}:log-group:{group}"
        );

    private static IEnumerable<JsonObject> Images(LoopNames names, params string[] repositories) =>
        [Allow(["ecr:GetAuthorizationToken"], "*"), Pull(names.Region, names.Account, repositories)];

    /// <summary>AWS's own registry is of another account in some regions, which a template for all of them cannot name.</summary>
    private static IEnumerable<JsonObject> AwsImages(
        ProjectDescription project,
        LoopNames names,
        params string[] repositories
    ) => project.Training.Algorithm == TrainingDescription.PyTorch ? [Pull(names.Region, "*", repositories)] : [];

    private static JsonObject Pull(string region, string account, string[] repositories) =>
        Allow(
            ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
            [.. repositories.Select(one => $"arn:aws:ecr:{region}:{account}:repository/{one}")]
        );

    private static JsonObject PassRole(string service, params string[] roles)
    {
        var statement = Allow(["iam:PassRole"], roles);
        statement["Condition"] = new JsonObject
        {
            ["StringEquals"] = new JsonObject { ["iam:PassedToService"] = service },
        };
        return statement;
    }

    /// <summary>A statement that allows actions on resources.</summary>
    public static JsonObject Allow(string[] actions, params string[] resources) =>
        new()
        {
            ["Effect"] = "Allow",
            ["Action"] = new JsonArray([.. actions.Select(action => JsonValue.Create(action))]),
            ["Resource"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
        };

    /// <summary>A role that a service may take, with one policy.</summary>
    public static LoopResource Role(
        string name,
        string service,
        IEnumerable<JsonObject> statements,
        string policy = "loop"
    ) =>
        new(
            ResourceKind.Role,
            name,
            new JsonObject
            {
                ["RoleName"] = name,
                ["AssumeRolePolicyDocument"] = Policy(
                    new JsonObject
                    {
                        ["Effect"] = "Allow",
                        ["Principal"] = new JsonObject { ["Service"] = service },
                        ["Action"] = "sts:AssumeRole",
                    }
                ),
            },
            new JsonObject
            {
                ["RoleName"] = name,
                ["PolicyName"] = policy,
                ["PolicyDocument"] = Policy([.. statements]),
            }
        );

    private static string Policy(params JsonObject[] statements) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) }.ToJsonString();
}
