using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Training;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Resources;

/// <summary>
/// The list of all resources that a loop needs in a cloud, derived from <c>plumbline.yaml</c>. Locally
/// <c>plumb push</c> applies it; for AWS the same list becomes a stack.
/// </summary>
public static class LoopResources
{
    /// <summary>The resources in the order in which they are created.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">The names of the resources.</param>
    /// <param name="repositoryUrl">The repository's clone URL.</param>
    /// <param name="inputs">The defaults of the pipelines; null before the first upload.</param>
    public static IReadOnlyList<LoopResource> Of(
        ProjectDescription project,
        LoopNames names,
        string repositoryUrl,
        TrainingInputs? inputs = null
    ) =>
        [
            .. LoopRoles.Of(project, names),
            new(ResourceKind.Bucket, names.Bucket, new JsonObject { ["Bucket"] = names.Bucket }),
            new(
                ResourceKind.Repository,
                names.Repository,
                new JsonObject
                {
                    ["repositoryName"] = names.Repository,
                    ["repositoryDescription"] = $"Plumbline project {names.Project}",
                }
            ),
            new(ResourceKind.Topic, names.Topic, new JsonObject { ["Name"] = names.Topic }),
            new(
                ResourceKind.ModelPackageGroup,
                names.ModelPackageGroup,
                new JsonObject
                {
                    ["ModelPackageGroupName"] = names.ModelPackageGroup,
                    ["ModelPackageGroupDescription"] = $"Versions of {names.Project}",
                }
            ),
            BuildProject(names, names.BuildProject, names.BuildRole, repositoryUrl, null, TimeSpan.FromHours(1)),
            // This build waits for the bake, up to an hour a step; SageMaker ends a deployment after eight.
            BuildProject(
                names,
                names.DeployProject,
                names.DeployRole,
                repositoryUrl,
                DeployBuildspec,
                TimeSpan.FromHours(8)
            ),
            Pipeline(names, names.TrainingPipeline, TrainingPipeline.Definition(project, names, inputs)),
            Pipeline(names, names.MonitorPipeline, MonitorPipeline.Definition(project, names, inputs)),
            .. LoopAlarms.Of(project, names),
            .. LoopRules.Of(project, names),
        ];

    private const string DeployBuildspec = """
        version: 0.2
        phases:
          build:
            commands:
              - |
                if [ -n "${EXECUTION_ARN:-}" ]; then
                  plumb decide --execution "$EXECUTION_ARN" --commit "$CODEBUILD_RESOLVED_SOURCE_VERSION"
                else
                  plumb deploy --package "$PACKAGE_ARN"
                fi

        """;

    private static LoopResource BuildProject(
        LoopNames names,
        string project,
        string role,
        string repositoryUrl,
        string? buildspec,
        TimeSpan timeout
    )
    {
        var definition = new JsonObject
        {
            ["name"] = project,
            ["source"] = new JsonObject
            {
                ["type"] = "CODECOMMIT",
                ["location"] = repositoryUrl,
                ["buildspec"] = buildspec ?? "buildspec.yml",
            },
            ["sourceVersion"] = $"refs/heads/{LoopNames.DefaultBranch}",
            ["artifacts"] = new JsonObject { ["type"] = "NO_ARTIFACTS" },
            ["environment"] = new JsonObject
            {
                ["type"] = "LINUX_CONTAINER",
                // The image of the jobs includes the CLI, git and sh, which is all that a build needs.
                ["image"] = names.Jobs(),
                ["imagePullCredentialsType"] = "SERVICE_ROLE",
                ["computeType"] = "BUILD_GENERAL1_SMALL",
            },
            ["serviceRole"] = names.RoleArn(role),
            ["timeoutInMinutes"] = (int)timeout.TotalMinutes,
        };
        if (names.Aws.Vpc is { } vpc)
        {
            definition["vpcConfig"] = new JsonObject
            {
                ["vpcId"] = vpc.Id,
                ["subnets"] = vpc.Subnets.ToJson(),
                ["securityGroupIds"] = vpc.SecurityGroups.ToJson(),
            };
        }

        return new(ResourceKind.BuildProject, project, definition);
    }

    private static LoopResource Pipeline(LoopNames names, string pipeline, string definition)
    {
        var input = new JsonObject
        {
            ["PipelineName"] = pipeline,
            ["PipelineDefinition"] = definition,
            ["RoleArn"] = names.RoleArn(names.PipelineRole),
        };
        return new(ResourceKind.Pipeline, pipeline, input.Tagged(names.Aws));
    }
}
