using System.Text.Json.Nodes;
using Plumbline.Aws.Views.CloudWatch;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Resources;

/// <summary>
/// The rules that start builds, deployments, retrainings and measurements, and report failures to people.
/// </summary>
internal static class LoopRules
{
    public static IEnumerable<LoopResource> Of(ProjectDescription project, LoopNames names) =>
        [
            Rule(
                names.PushRule,
                "A commit on the default branch is built.",
                new JsonObject
                {
                    ["source"] = new JsonArray("aws.codecommit"),
                    ["resources"] = new JsonArray(names.RepositoryArn),
                    ["detail"] = new JsonObject
                    {
                        ["event"] = new JsonArray("referenceCreated", "referenceUpdated"),
                        ["referenceType"] = new JsonArray("branch"),
                        ["referenceName"] = new JsonArray(LoopNames.DefaultBranch),
                    },
                },
                Build(
                    names,
                    names.BuildProject,
                    new JsonObject { ["commit"] = "$.detail.commitId" },
                    """{"sourceVersion":<commit>,"environmentVariablesOverride":[{"name":"TRIGGER","value":"push"}]}"""
                )
            ),
            Rule(
                names.PackageRule,
                "An approval is deployed, and a rejection of the live version goes back.",
                new JsonObject
                {
                    ["source"] = new JsonArray("aws.sagemaker"),
                    ["detail-type"] = new JsonArray("SageMaker Model Package State Change"),
                    ["detail"] = new JsonObject
                    {
                        ["ModelPackageGroupName"] = new JsonArray(names.ModelPackageGroup),
                        ["ModelApprovalStatus"] = new JsonArray(
                            ModelApprovalStatus.Approved,
                            ModelApprovalStatus.Rejected
                        ),
                        ["UpdatedModelPackageFields"] = new JsonArray("ModelApprovalStatus"),
                    },
                },
                Build(
                    names,
                    names.DeployProject,
                    new JsonObject { ["package"] = "$.detail.ModelPackageArn" },
                    """{"environmentVariablesOverride":[{"name":"PACKAGE_ARN","value":<package>}]}"""
                )
            ),
            Policy(project, names),
            Rule(
                names.AccuracyRule,
                "A figure that misses the threshold starts a retraining, and again while it does.",
                new JsonObject
                {
                    ["$or"] = new JsonArray(
                        new JsonObject
                        {
                            ["source"] = new JsonArray("aws.cloudwatch"),
                            ["detail-type"] = new JsonArray("CloudWatch Alarm State Change"),
                            ["detail"] = new JsonObject
                            {
                                ["alarmName"] = new JsonArray(names.AccuracyAlarm),
                                ["state"] = new JsonObject { ["value"] = new JsonArray(StateValue.Alarm) },
                            },
                        },
                        new JsonObject
                        {
                            ["source"] = new JsonArray(MonitorEvent.Source),
                            ["detail-type"] = new JsonArray(MonitorEvent.StillLow),
                            ["detail"] = new JsonObject { ["project"] = new JsonArray(names.Project) },
                        }
                    ),
                },
                new JsonObject
                {
                    ["Id"] = "build",
                    ["Arn"] = names.BuildProjectArn(names.BuildProject),
                    ["RoleArn"] = names.RoleArn(names.EventsRole),
                    ["Input"] = """{"environmentVariablesOverride":[{"name":"TRIGGER","value":"alarm"}]}""",
                }
            ),
            Rule(
                names.WaitingRule,
                "The monitor asks for a build.",
                new JsonObject
                {
                    ["source"] = new JsonArray(MonitorEvent.Source),
                    ["detail-type"] = new JsonArray(MonitorEvent.PushWaiting, MonitorEvent.TrainingDue),
                    ["detail"] = new JsonObject { ["project"] = new JsonArray(names.Project) },
                },
                Build(
                    names,
                    names.BuildProject,
                    new JsonObject { ["trigger"] = "$.detail.trigger" },
                    """{"environmentVariablesOverride":[{"name":"TRIGGER","value":<trigger>}]}"""
                )
            ),
            Schedule(project, names),
            FailedRun(names),
            FailedBuild(names),
            FailedEndpoint(names),
        ];

    /// <summary>The rule always exists, but is enabled only by the project's policy, which may change.</summary>
    private static LoopResource Policy(ProjectDescription project, LoopNames names) =>
        Rule(
            names.PolicyRule,
            "The version that the comparison recommends is approved by policy.",
            new JsonObject
            {
                ["source"] = new JsonArray("aws.sagemaker"),
                ["detail-type"] = new JsonArray("SageMaker Model Building Pipeline Execution Status Change"),
                ["detail"] = new JsonObject
                {
                    ["pipelineArn"] = new JsonArray(names.PipelineArn(names.TrainingPipeline)),
                    ["currentPipelineExecutionStatus"] = new JsonArray(PipelineExecutionStatus.Succeeded),
                },
            },
            Build(
                names,
                names.DeployProject,
                new JsonObject { ["execution"] = "$.detail.pipelineExecutionArn" },
                """{"environmentVariablesOverride":[{"name":"EXECUTION_ARN","value":<execution>}]}"""
            ),
            enabled: project.Approval == ApprovalPolicy.Recommended
        );

    private static LoopResource Schedule(ProjectDescription project, LoopNames names) =>
        new(
            ResourceKind.Rule,
            names.MonitorRule,
            new JsonObject
            {
                ["Name"] = names.MonitorRule,
                ["Description"] = "The quality in production is measured.",
                ["ScheduleExpression"] = project.Monitor.ScheduleExpression(),
                ["State"] = "ENABLED",
            },
            new JsonObject
            {
                ["Id"] = "monitor",
                ["Arn"] = names.PipelineArn(names.MonitorPipeline),
                ["RoleArn"] = names.RoleArn(names.EventsRole),
            }
        );

    private static LoopResource FailedRun(LoopNames names) =>
        Rule(
            names.FailedRunRule,
            "People are told of a training or a measurement that failed.",
            new JsonObject
            {
                ["source"] = new JsonArray("aws.sagemaker"),
                ["detail-type"] = new JsonArray("SageMaker Model Building Pipeline Execution Status Change"),
                ["detail"] = new JsonObject
                {
                    ["pipelineArn"] = new JsonArray(
                        names.PipelineArn(names.TrainingPipeline),
                        names.PipelineArn(names.MonitorPipeline)
                    ),
                    ["currentPipelineExecutionStatus"] = new JsonArray(PipelineExecutionStatus.Failed),
                },
            },
            Alert(
                names,
                new JsonObject { ["execution"] = "$.detail.pipelineExecutionArn" },
                $"{names.Project}: the pipeline execution <execution> failed. plumb status and plumb logs say why."
            )
        );

    private static LoopResource FailedBuild(LoopNames names) =>
        Rule(
            names.FailedBuildRule,
            "People are told of a build or a deployment that failed.",
            new JsonObject
            {
                ["source"] = new JsonArray("aws.codebuild"),
                ["detail-type"] = new JsonArray("CodeBuild Build State Change"),
                ["detail"] = new JsonObject
                {
                    ["project-name"] = new JsonArray(names.BuildProject, names.DeployProject),
                    ["build-status"] = new JsonArray(StatusType.Failed, StatusType.Fault, StatusType.TimedOut),
                },
            },
            Alert(
                names,
                new JsonObject { ["build"] = "$.detail.build-id", ["status"] = "$.detail.build-status" },
                $"{names.Project}: the build <build> ended with <status>. plumb status and the build's log say why."
            )
        );

    private static LoopResource FailedEndpoint(LoopNames names) =>
        Rule(
            names.FailedEndpointRule,
            "People are told of an endpoint that failed, and of any update that is rolled back.",
            new JsonObject
            {
                ["source"] = new JsonArray("aws.sagemaker"),
                ["detail-type"] = new JsonArray("SageMaker Endpoint State Change"),
                ["detail"] = new JsonObject
                {
                    ["EndpointName"] = new JsonArray(names.Endpoint),
                    ["EndpointStatus"] = new JsonArray("FAILED", "ROLLING_BACK", "UPDATE_ROLLBACK_FAILED"),
                },
            },
            Alert(
                names,
                new JsonObject { ["endpoint"] = "$.detail.EndpointName", ["status"] = "$.detail.EndpointStatus" },
                $"{names.Project}: the endpoint <endpoint> is <status>. plumb status and plumb logs endpoint say why."
            )
        );

    private static JsonObject Alert(LoopNames names, JsonObject paths, string sentence) =>
        new()
        {
            ["Id"] = "alerts",
            ["Arn"] = names.TopicArn,
            ["InputTransformer"] = new JsonObject { ["InputPathsMap"] = paths, ["InputTemplate"] = $"\"{sentence}\"" },
        };

    private static LoopResource Rule(
        string name,
        string description,
        JsonObject pattern,
        JsonObject target,
        bool enabled = true
    ) =>
        new(
            ResourceKind.Rule,
            name,
            new JsonObject
            {
                ["Name"] = name,
                ["Description"] = description,
                ["EventPattern"] = pattern.ToJsonString(),
                ["State"] = enabled ? "ENABLED" : "DISABLED",
            },
            target
        );

    private static JsonObject Build(LoopNames names, string project, JsonObject paths, string template) =>
        new()
        {
            ["Id"] = "build",
            ["Arn"] = names.BuildProjectArn(project),
            ["RoleArn"] = names.RoleArn(names.EventsRole),
            ["InputTransformer"] = new JsonObject { ["InputPathsMap"] = paths, ["InputTemplate"] = template },
        };
}
