using Plumbline.Aws.Arns;

namespace Plumbline.LocalCloud.Services.Events.Targets;

/// <summary>A kind of target that a rule can trigger here.</summary>
internal enum TargetKind
{
    /// <summary>A target that is not supported here.</summary>
    None,

    /// <summary>A SageMaker pipeline: StartPipelineExecution.</summary>
    Pipeline,

    /// <summary>A CodeBuild project: StartBuild.</summary>
    Build,

    /// <summary>An SNS topic: Publish.</summary>
    Topic,
}

internal static class TargetKinds
{
    public static TargetKind Of(Arn arn) =>
        (arn.Service, arn.ResourceType) switch
        {
            ("sagemaker", "pipeline") => TargetKind.Pipeline,
            ("codebuild", "project") => TargetKind.Build,
            ("sns", "") => TargetKind.Topic,
            _ => TargetKind.None,
        };
}
