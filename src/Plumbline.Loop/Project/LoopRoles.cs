using System.Text.Json.Nodes;
using Plumbline.Aws.Instances;
using Plumbline.Loop.History;
using Plumbline.Loop.Retraining;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Project;

/// <summary>
/// One role per actor: who may take it, and what it may do, no more than what the actor was recorded doing and what
/// docs/permissions.md has a reason for. Only <c>cloudwatch:PutMetricData</c> and <c>ecr:GetAuthorizationToken</c> stay on
/// all resources: AWS gives no resource for them.
/// </summary>
internal static class LoopRoles
{
    public static IEnumerable<LoopResource> Of(ProjectDescription project, LoopNames names) =>
        [
            Role(names.BuildRole, "codebuild.amazonaws.com", Build(project, names)),
            Role(names.JobRole, "sagemaker.amazonaws.com", Job(project, names)),
            Role(names.EndpointRole, "sagemaker.amazonaws.com", Endpoint(project, names)),
            Role(names.EventsRole, "events.amazonaws.com", Events(names)),
        ];

    /// <summary>The builds: they validate, start trainings, approve by policy, and deploy.</summary>
    private static IEnumerable<JsonObject> Build(ProjectDescription project, LoopNames names) =>
        [
            List(names),
            Objects(
                names,
                "s3:GetObject",
                CloudClock.Key,
                Layout.Corrections + "*",
                Layout.DataSets + "*",
                "executions/*",
                HistoryLog.Prefix + "*",
                Lease.Key
            ),
            Objects(
                names,
                "s3:PutObject",
                CloudClock.Key,
                Layout.CorrectionsMarker,
                "data/base/*",
                HistoryLog.Prefix + "*",
                "projects/*",
                Lease.Key,
                Layout.WaitingPush
            ),
            Objects(names, "s3:DeleteObject", Lease.Key, Layout.WaitingPush),
            .. Code(project, names, "s3:PutObject"),
            Allow(
                ["sagemaker:CreatePipeline", "sagemaker:UpdatePipeline"],
                names.PipelineArn(names.TrainingPipeline),
                names.PipelineArn(names.MonitorPipeline)
            ),
            Allow(
                ["sagemaker:StartPipelineExecution", "sagemaker:ListPipelineExecutions"],
                names.PipelineArn(names.TrainingPipeline)
            ),
            Allow(
                ["sagemaker:DescribeModelPackage", "sagemaker:UpdateModelPackage", "sagemaker:CreateModel"],
                Versions(names)
            ),
            Allow(
                ["sagemaker:ListModelPackages"],
                names.SageMakerArn("model-package-group", names.ModelPackageGroup),
                Versions(names)
            ),
            Allow(["sagemaker:CreateModel", "sagemaker:DescribeModel"], Models(names)),
            Allow(
                [
                    "sagemaker:CreateEndpointConfig",
                    "sagemaker:DescribeEndpointConfig",
                    "sagemaker:CreateEndpoint",
                    "sagemaker:UpdateEndpoint",
                ],
                Configurations(names)
            ),
            Allow(
                [
                    "sagemaker:CreateEndpoint",
                    "sagemaker:UpdateEndpoint",
                    "sagemaker:DescribeEndpoint",
                    "sagemaker:DeleteEndpoint",
                    "sagemaker:InvokeEndpoint",
                ],
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
            Allow(
                ["cloudwatch:DescribeAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"],
                AlarmArn(names, names.Deployments)
            ),
            PassRole("sagemaker.amazonaws.com", names.RoleArn(names.JobRole), names.RoleArn(names.EndpointRole)),
            Logs(names, $"/aws/codebuild/{names.BuildProject}", $"/aws/codebuild/{names.DeployProject}"),
            .. Images(names, LoopNames.JobsRepository),
        ];

    /// <summary>The jobs of both pipelines, and the pipelines themselves, which start them.</summary>
    private static IEnumerable<JsonObject> Job(ProjectDescription project, LoopNames names) =>
        [
            List(names),
            Objects(
                names,
                "s3:GetObject",
                Layout.Captures + "/*",
                Layout.Corrections + "*",
                "data/base/*",
                Layout.DataSets + "*",
                "executions/*",
                Layout.GroundTruth + "*",
                "models/*",
                "projects/*",
                Layout.WaitingPush
            ),
            Objects(
                names,
                "s3:PutObject",
                Layout.Corrections + "*",
                Layout.DataSets + "*",
                "executions/*",
                "models/*",
                "monitor/*"
            ),
            .. Code(project, names, "s3:GetObject"),
            Started(names, "TrainingJob", "training-job"),
            Started(names, "ProcessingJob", "processing-job"),
            Allow(
                ["sagemaker:CreateModelPackage", "sagemaker:DescribeModelPackage", "sagemaker:AddTags"],
                Versions(names)
            ),
            // RegisterModel makes the group each time, in the pipeline's name, and takes "already exists" for success alone.
            Allow(
                ["sagemaker:CreateModelPackage", "sagemaker:CreateModelPackageGroup", "sagemaker:AddTags"],
                names.SageMakerArn("model-package-group", names.ModelPackageGroup)
            ),
            Allow(["sagemaker:DescribeEndpoint"], names.SageMakerArn("endpoint", names.Endpoint)),
            Allow(["sagemaker:DescribeEndpointConfig"], Configurations(names)),
            Allow(["sagemaker:DescribeModel"], Models(names)),
            Allow(["cloudwatch:PutMetricData"], "*"),
            Allow(["cloudwatch:DescribeAlarms"], AlarmArn(names, names.AccuracyAlarm)),
            Allow(["events:PutEvents"], $"arn:aws:events:{names.Region}:{names.Account}:event-bus/default"),
            PassRole("sagemaker.amazonaws.com", names.RoleArn(names.JobRole)),
            Logs(names, "/aws/sagemaker/TrainingJobs", "/aws/sagemaker/ProcessingJobs"),
            .. Images(names, LoopNames.JobsRepository, LoopNames.ServingRepository),
            .. AwsImages(project, names, PyTorchImages.TrainingRepository, PyTorchImages.InferenceRepository),
        ];

    /// <summary>The endpoint: it reads its model, and captures what it answers.</summary>
    private static IEnumerable<JsonObject> Endpoint(ProjectDescription project, LoopNames names) =>
        [
            List(names),
            Objects(names, "s3:GetObject", "models/*"),
            Objects(names, "s3:PutObject", $"{Layout.EndpointCaptures(names.Endpoint)}*"),
            Allow(["cloudwatch:PutMetricData"], "*"),
            // SageMaker looks at the alarms of a deployment in the name of the model's role.
            Allow(["cloudwatch:DescribeAlarms"], AlarmArn(names, names.Deployments)),
            Logs(names, $"/aws/sagemaker/Endpoints/{names.Endpoint}"),
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

    private static JsonObject List(LoopNames names) => Allow(["s3:ListBucket"], $"arn:aws:s3:::{names.Bucket}");

    private static JsonObject Objects(LoopNames names, string action, params string[] keys) =>
        Allow([action], [.. keys.Select(key => $"arn:aws:s3:::{names.Bucket}/{key}")]);

    /// <summary>Jobs of pipelines, under the names that SageMaker gives them.</summary>
    private static JsonObject Started(LoopNames names, string job, string kind) =>
        Allow(
            [$"sagemaker:Create{job}", $"sagemaker:Describe{job}", $"sagemaker:Stop{job}", "sagemaker:AddTags"],
            names.SageMakerArn(kind, "pipelines-*")
        );

    private static string Versions(LoopNames names) =>
        names.SageMakerArn("model-package", $"{names.ModelPackageGroup}/*");

    private static string Models(LoopNames names) => names.SageMakerArn("model", names.Deployments);

    private static string Configurations(LoopNames names) => names.SageMakerArn("endpoint-config", names.Deployments);

    private static string AlarmArn(LoopNames names, string alarm) =>
        $"arn:aws:cloudwatch:{names.Region}:{names.Account}:alarm:{alarm}";

    /// <summary>Groups, and the streams in them: AWS asks about creating a group under either name.</summary>
    private static JsonObject Logs(LoopNames names, params string[] groups) =>
        Allow(
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            [
                .. from one in groups
                from end in new[] { "", ":*" }
                select $"arn:aws:logs:{names.Region}:{names.Account}:log-group:{one}{end}",
            ]
        );

    private static IEnumerable<JsonObject> Images(LoopNames names, params string[] repositories) =>
        [Allow(["ecr:GetAuthorizationToken"], "*"), Pull(names.Region, names.Account, repositories)];

    /// <summary>The training code of a project that brings its own.</summary>
    private static IEnumerable<JsonObject> Code(ProjectDescription project, LoopNames names, string action) =>
        project.Training.BringsCode() ? [Objects(names, action, "code/*")] : [];

    /// <summary>AWS's own registry is of another account in some regions, which a template for all of them cannot name.</summary>
    private static IEnumerable<JsonObject> AwsImages(
        ProjectDescription project,
        LoopNames names,
        params string[] repositories
    ) => project.Training.BringsCode() ? [Pull(names.Region, "*", repositories)] : [];

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
