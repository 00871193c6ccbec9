using System.Text.RegularExpressions;
using Plumbline.Aws.Arns;

namespace Plumbline.Loop.Home;

/// <summary>The images of a loop: Plumbline's own, or the copies that the project names.</summary>
internal static partial class LoopImages
{
    /// <summary>The image that builds and jobs run in.</summary>
    public static string Jobs(this LoopNames names) => names.Aws.Images.Jobs ?? names.JobsImage;

    /// <summary>The model server's image.</summary>
    public static string Serving(this LoopNames names) => names.Aws.Images.Serving ?? names.ServingImage;

    /// <summary>The ARN of the repository that an image is pulled from.</summary>
    /// <param name="image"><c>ACCOUNT.dkr.ecr.REGION.DOMAIN/REPOSITORY:TAG</c>, or with a digest.</param>
    public static string ArnOf(string image)
    {
        var parts = InEcr().Match(image);
        return parts.Success
            ? new Arn(
                AwsPartition.Of(parts.Groups["region"].Value),
                "ecr",
                parts.Groups["region"].Value,
                parts.Groups["account"].Value,
                $"repository/{parts.Groups["repository"]}"
            ).ToString()
            : throw new ArgumentException($"{image} is not in ECR.", nameof(image));
    }

    // Account and region of a template are placeholders.
    [GeneratedRegex(@"^(?<account>[^.]+)\.dkr\.ecr\.(?<region>[^.]+)\.[^/]+/(?<repository>[^:@]+)")]
    private static partial Regex InEcr();
}
