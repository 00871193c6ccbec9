using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using static Plumbline.Loop.Resources.RoleStatements;

namespace Plumbline.Loop.Resources;

/// <summary>
/// One role for each actor. A role may do only what the actor was recorded doing, or what docs/permissions.md gives a
/// reason for. The project's own code runs under the roles of the build and of the job: neither may approve, deploy, or
/// register a version as approved.
/// </summary>
internal static class LoopRoles
{
    /// <summary>The roles to create, without those that the project names as existing.</summary>
    public static IEnumerable<LoopResource> Of(ProjectDescription project, LoopNames names) =>
        new[]
        {
            Role(names, names.BuildRole, "codebuild", Build(project, names), names.BuildProjectArn(names.BuildProject)),
            Role(
                names,
                names.DeployRole,
                "codebuild",
                Deploy(project, names),
                names.BuildProjectArn(names.DeployProject)
            ),
            Role(names, names.PipelineRole, "sagemaker", Pipeline(project, names)),
            Role(names, names.JobRole, "sagemaker", Job(project, names)),
            Role(names, names.EndpointRole, "sagemaker", Endpoint(project, names)),
            Role(names, names.EventsRole, "events", Events(names), names.Arn("events", $"rule/{names.Project}-*")),
        }.Where(role => !names.IsGiven(role.Name));

    /// <summary>The builds of commits: they run the repository's buildspec, validate, and start trainings.</summary>
    private static IEnumerable<JsonObject> Build(ProjectDescription project, LoopNames names) =>
        [
            List(names),
            Objects(
                names,
                "s3:GetObject",
                CloudClock.Key,
                Layout.Corrections + "*",
                Layout.DataSets + "*",
                Lease.Key,
                Layout.MonitorRuns + "*"
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
            .. BaseData(project, names),
            .. Contents(project, names, "s3:PutObject"),
            .. Code(project, names, "s3:PutObject"),
            Allow(
                ["sagemaker:CreatePipeline", "sagemaker:UpdatePipeline"],
                names.PipelineArn(names.TrainingPipeline),
                names.PipelineArn(names.MonitorPipeline)
            ),
            .. Tags(names, names.PipelineArn(names.TrainingPipeline), names.PipelineArn(names.MonitorPipeline)),
            Allow(
                ["sagemaker:StartPipelineExecution", "sagemaker:ListPipelineExecutions"],
                names.PipelineArn(names.TrainingPipeline)
            ),
            .. Spending(project, names),
            .. Registered(names),
            .. Production(names),
            Allow(["codecommit:GitPull", "codecommit:GetBranch", "codecommit:GetFile"], names.RepositoryArn),
            PassRole(names.RoleArn(names.PipelineRole)),
            Logs(names, $"/aws/codebuild/{names.BuildProject}"),
            .. Images(names.Jobs()),
            .. Key(names, hasDisks: false),
            .. Network(names),
        ];

    /// <summary>The builds of decisions: the loop's own commands approve by policy and deploy.</summary>
    private static IEnumerable<JsonObject> Deploy(ProjectDescription project, LoopNames names) =>
        [
            List(names),
            Objects(
                names,
                "s3:GetObject",
                CloudClock.Key,
                Layout.DataSets + "*",
                "executions/*",
                HistoryLog.Prefix + "*"
            ),
            Objects(names, "s3:PutObject", CloudClock.Key, HistoryLog.Prefix + "*"),
            .. AddedLabels(project, names),
            .. ContentsAnywhere(project, names),
            .. Registered(names),
            .. project.Approval == ApprovalPolicy.Recommended
                ? [Allow(["sagemaker:UpdateModelPackage"], Versions(names))]
                : Array.Empty<JsonObject>(),
            Allow(["sagemaker:CreateModel"], Versions(names)),
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
                RoleStatements.Endpoint(names)
            ),
            .. Tags(names, Models(names), Configurations(names), RoleStatements.Endpoint(names)),
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
                Alarm(names, names.Deployments)
            ),
            PassRole(names.RoleArn(names.EndpointRole)),
            Logs(names, $"/aws/codebuild/{names.DeployProject}"),
            .. Images(names.Jobs()),
            .. Key(names, hasDisks: true),
            .. Network(names),
        ];

    /// <summary>The pipelines: they start jobs and register versions, but cannot approve them.</summary>
    private static IEnumerable<JsonObject> Pipeline(ProjectDescription project, LoopNames names) =>
        [
            List(names),
            Objects(names, "s3:GetObject", "executions/*", "models/*"),
            .. Started(names, "TrainingJob", "training-job", project.Training.Instance),
            .. Started(names, "ProcessingJob", "processing-job", project.Processing.Instance),
            When(
                Allow(["sagemaker:CreateModelPackage"], Versions(names), Group(names)),
                "StringNotEquals",
                "sagemaker:ModelApprovalStatus",
                ModelApprovalStatus.Approved
            ),
            Allow(["sagemaker:DescribeModelPackage", "sagemaker:AddTags"], Versions(names)),
            // RegisterModel always tries to create the group; only "already exists" counts as success.
            Allow(["sagemaker:CreateModelPackageGroup", "sagemaker:AddTags"], Group(names)),
            PassRole(names.RoleArn(names.JobRole)),
            .. Images(names.Serving()),
            .. PyTorch(project, names, trains: false),
            .. Key(names, hasDisks: true),
        ];

    /// <summary>The jobs of both pipelines: they read and write data, and publish metrics and events.</summary>
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
                Layout.MonitorRuns + "*",
                "projects/*",
                Layout.TruthDrop + "*",
                Layout.WaitingPush
            ),
            Objects(
                names,
                "s3:PutObject",
                Layout.GroundTruth + "*/drop-*",
                Layout.Corrections + "*",
                Layout.DataSets + "*",
                "executions/*",
                "models/*",
                "monitor/*"
            ),
            .. BaseData(project, names),
            .. ContentsOfJobs(project, names),
            .. Code(project, names, "s3:GetObject"),
            .. Registered(names),
            .. Production(names),
            Figures(project.Monitor.Namespace, "/aws/sagemaker/*"),
            Allow(["cloudwatch:DescribeAlarms"], Alarm(names, names.AccuracyAlarm)),
            When(
                Allow(["events:PutEvents"], names.Arn("events", "event-bus/default")),
                "StringEquals",
                "events:source",
                MonitorEvent.Source
            ),
            Logs(names, "/aws/sagemaker/TrainingJobs", "/aws/sagemaker/ProcessingJobs"),
            .. Images(names.Jobs()),
            .. PyTorch(project, names, trains: true),
            .. OwnTraining(project, names),
            .. Key(names, hasDisks: true),
            .. Network(names),
        ];

    /// <summary>The endpoint: it reads its model and captures its answers.</summary>
    private static IEnumerable<JsonObject> Endpoint(ProjectDescription project, LoopNames names) =>
        [
            List(names),
            Objects(names, "s3:GetObject", "models/*"),
            Objects(names, "s3:PutObject", $"{Layout.EndpointCaptures(names.Endpoint)}*"),
            Figures("/aws/sagemaker/*", "AWS/SageMaker"),
            // SageMaker reads the alarms of a deployment under the role of the model.
            Allow(["cloudwatch:DescribeAlarms"], Alarm(names, names.Deployments)),
            Logs(names, $"/aws/sagemaker/Endpoints/{names.Endpoint}"),
            .. Images(names.Serving()),
            .. PyTorch(project, names, trains: false),
            .. Key(names, hasDisks: true),
            .. Network(names),
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

    /// <summary>A role that a service may assume for this account, or only for one resource.</summary>
    private static LoopResource Role(
        LoopNames names,
        string name,
        string service,
        IEnumerable<JsonObject> statements,
        string? forResource = null
    )
    {
        var condition = new JsonObject { ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = names.Account } };
        if (forResource is not null)
        {
            condition["ArnLike"] = new JsonObject { ["aws:SourceArn"] = forResource };
        }

        var role = RoleResource.Of(name, $"{service}.amazonaws.com", statements, condition: condition);
        if (names.Aws.RolePath is { } path)
        {
            role.Definition["Path"] = path;
        }

        if (names.Aws.PermissionsBoundary is { } boundary)
        {
            role.Definition["PermissionsBoundary"] = boundary;
        }

        return role;
    }
}
