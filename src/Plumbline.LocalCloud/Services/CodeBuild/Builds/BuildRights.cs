using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.Services.Iam.Authorization;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>A build fails before its source is downloaded.</summary>
/// <param name="phase">CodeBuild's phase that failed.</param>
/// <param name="code">The status code of the phase's context.</param>
/// <param name="message">The context's message.</param>
internal sealed class BuildRefusedException(string phase, string code, string message) : Exception(message)
{
    public string Phase => phase;

    public string Code => code;
}

/// <summary>Checks the rights that a build's service role needs before the build begins.</summary>
internal sealed class BuildRights(ServiceRights rights, ImagePull pull)
{
    /// <summary>Returns a session of a build's role, with the name that CodeBuild would give it.</summary>
    public static Caller RoleOf(Build build) =>
        Caller.OfRole(build.ServiceRole, $"AWSCodeBuild-{build.Id.Split(':')[^1]}");

    /// <summary>Refuses a build whose role may not open its log or pull its image.</summary>
    /// <exception cref="BuildRefusedException">The role lacks a right; in CodeBuild's words.</exception>
    public void Require(Build build)
    {
        var role = RoleOf(build);
        var stream = $"log-group:{build.Logs!.GroupName}:log-stream:{build.Logs.StreamName}";
        if (rights.Missing(BuildAsks.OpenBuildLog, role, LocalArn.Of("logs", stream)) is { } noLog)
        {
            throw new BuildRefusedException(
                BuildPhaseType.Submitted,
                "ACCESS_DENIED",
                $"Service role {build.ServiceRole} does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for build "
                    + $"{build.Arn}. Error message: {noLog.Message}"
            );
        }

        var image = build.Environment?.Image ?? "";
        // Otherwise CodeBuild pulls with its own credentials, which the repository's policy has to trust.
        if (
            build.Environment?.ImagePullCredentialsType == ImagePullCredentialsType.ServiceRole
            && pull.Missing(image, role) is { } noImage
        )
        {
            throw new BuildRefusedException(
                BuildPhaseType.Provisioning,
                "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE",
                "Unable to pull customer's container image. CannotPullContainerError: Error response from daemon: pull access denied for "
                    + $"{image.Split(':')[0]}, repository does not exist or may require 'docker login': denied: {noImage.Message}"
            );
        }
    }
}
