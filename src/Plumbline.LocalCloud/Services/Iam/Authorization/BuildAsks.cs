namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>The rights that rules and builds use by themselves.</summary>
internal static class BuildAsks
{
    /// <summary>The source of the rights of a build's role.</summary>
    public const string BuildRoles =
        "CodeBuild User Guide, Allow CodeBuild to interact with other AWS services (setting-up-service-role)";

    private const string Builds = "CodeBuild, for a build";
    private const string BuildRole = "the project's serviceRole";
    private const string Events = "EventBridge, for a rule";
    private const string TargetRole = "the target's RoleArn";

    private const string EventTargets =
        "EventBridge User Guide, Using IAM roles to grant permissions to target resources (eb-events-iam-roles)";

    /// <summary>A rule starts a build.</summary>
    public static ServiceAsk StartBuild { get; } =
        new(
            Events,
            TargetRole,
            "an event has a CodeBuild project as its target",
            ["codebuild:StartBuild"],
            "the project",
            EventTargets
        )
        {
            By = ["codebuild StartBuild"],
        };

    /// <summary>A rule starts a pipeline.</summary>
    public static ServiceAsk StartPipeline { get; } =
        new(
            Events,
            TargetRole,
            "an event has a pipeline as its target",
            ["sagemaker:StartPipelineExecution"],
            "the pipeline",
            EventTargets
        )
        {
            By = ["sagemaker StartPipelineExecution"],
        };

    /// <summary>A build needs the stream of its log before it begins; without the right it fails.</summary>
    public static ServiceAsk OpenBuildLog { get; } =
        new(
            Builds,
            BuildRole,
            "the build is submitted",
            ["logs:CreateLogStream"],
            "the build's stream",
            BuildRoles + "; the build's ACCESS_DENIED is in many public build records"
        );

    /// <summary>A build's source is cloned, over git's HTTP.</summary>
    public static ServiceAsk CloneSource { get; } =
        new(
            Builds,
            BuildRole,
            "it downloads a source of CodeCommit",
            ["codecommit:GitPull"],
            "the repository",
            BuildRoles
        );
}
