using System.Text.RegularExpressions;
using Plumbline.Aws.Arns;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Authorization;

namespace Plumbline.LocalCloud.Processes.Images;

/// <summary>
/// Checks that a role may pull an image from Amazon ECR. Here an image is a program on this machine, so nothing is
/// pulled, but a role that could not pull the image may not run it.
/// </summary>
internal sealed partial class ImagePull(ServiceRights rights)
{
    /// <summary>
    /// Returns the right that the role lacks; null if it may pull the image, or if the image is not from ECR.
    /// </summary>
    /// <param name="image">The image's URI.</param>
    /// <param name="role">A session of the role.</param>
    public MissingRight? Missing(string image, Caller role) =>
        Uri().Match(image) is { Success: true } uri
            ? rights.Missing(SageMakerAsks.SignInToRegistry, role, "*")
                ?? rights.Missing(
                    SageMakerAsks.PullImage,
                    role,
                    new Arn(
                        "ecr",
                        uri.Groups["region"].Value,
                        uri.Groups["account"].Value,
                        $"repository/{uri.Groups["repository"]}"
                    ).ToString()
                )
            : null;

    /// <summary>Refuses to run a job in an image that its role may not pull.</summary>
    /// <exception cref="JobFailure">The role may not pull the image; in AWS's words.</exception>
    public void Require(string image, Caller role)
    {
        if (Missing(image, role) is { } missing)
        {
            throw new JobFailure(
                $"ClientError: Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect. ({missing.Message})"
            );
        }
    }

    [GeneratedRegex(
        @"\A(?<account>[0-9]{12})\.dkr\.ecr(-fips)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/(?<repository>[^:@]+)",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Uri();
}
