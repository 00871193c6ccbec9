using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;

namespace Plumbline.Loop.Stack;

/// <summary>
/// The resources that all loops of an account and region share: the repositories of the two images, and the build that
/// creates the images from the published CLI.
/// </summary>
public static class ImagesTemplate
{
    /// <summary>The name of the stack, and of the build project in it.</summary>
    public const string Name = "plumbline-images";

    /// <summary>The bucket with the files that images are built from.</summary>
    public static string BucketOf(string account, string region) => $"plumbline-images-{account}-{region}";

    /// <summary>The text of the template, in JSON.</summary>
    public static string Of()
    {
        var bucket = BucketOf(Template.AnyAccount, Template.AnyRegion);
        return Template.Write(
            "Plumbline: the images that its jobs, builds and model servers run in.",
            new JsonObject
            {
                ["Bucket"] = Template.Resource("AWS::S3::Bucket", LoopSafeguards.OfBucket(bucket)),
                ["BucketPolicy"] = LoopSafeguards.OnlyOverTls(bucket),
                ["JobsRepository"] = Repository(LoopNames.JobsRepository),
                ["ServingRepository"] = Repository(LoopNames.ServingRepository),
                ["Role"] = Role(bucket),
                ["Build"] = Build(),
            },
            new JsonObject { ["Bucket"] = new JsonObject { ["Value"] = bucket } }
        );
    }

    private static JsonObject Repository(string name) =>
        Template.Resource(
            "AWS::ECR::Repository",
            new JsonObject
            {
                ["RepositoryName"] = name,
                ["EmptyOnDelete"] = true,
                // A tag is derived from the content, and must name the same image for ever.
                ["ImageTagMutability"] = "IMMUTABLE",
                ["ImageScanningConfiguration"] = new JsonObject { ["ScanOnPush"] = true },
                ["LifecyclePolicy"] = new JsonObject
                {
                    // Untagged images are not used. Tagged ones stay, for a return to an older CLI.
                    ["LifecyclePolicyText"] = """
                    {"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":30},"action":{"type":"expire"}}]}
                    """,
                },
            }
        );

    private static JsonObject Role(string bucket) =>
        LoopTemplate.Role(
            RoleResource.Of(
                Name,
                "codebuild.amazonaws.com",
                [
                    RoleStatements.Allow(["s3:GetObject", "s3:GetObjectVersion"], $"arn:aws:s3:::{bucket}/*"),
                    RoleStatements.Allow(["s3:ListBucket", "s3:GetBucketLocation"], $"arn:aws:s3:::{bucket}"),
                    // ECR has no resource for the token.
                    RoleStatements.Allow(["ecr:GetAuthorizationToken"], "*"),
                    RoleStatements.Allow(
                        [
                            "ecr:BatchCheckLayerAvailability",
                            "ecr:BatchGetImage",
                            "ecr:CompleteLayerUpload",
                            "ecr:GetDownloadUrlForLayer",
                            "ecr:InitiateLayerUpload",
                            "ecr:PutImage",
                            "ecr:UploadLayerPart",
                        ],
                        $"arn:aws:ecr:{Template.AnyRegion}:{Template.AnyAccount}:repository/{LoopNames.JobsRepository}",
                        $"arn:aws:ecr:{Template.AnyRegion}:{Template.AnyAccount}:repository/{LoopNames.ServingRepository}"
                    ),
                    RoleStatements.Allow(
                        ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                        $"arn:aws:logs:{Template.AnyRegion}:{Template.AnyAccount}:log-group:/aws/codebuild/{Name}",
                        $"arn:aws:logs:{Template.AnyRegion}:{Template.AnyAccount}:log-group:/aws/codebuild/{Name}:*"
                    ),
                ],
                policy: "images"
            )
        );

    private static JsonObject Build() =>
        Template.Resource(
            "AWS::CodeBuild::Project",
            new JsonObject
            {
                ["Name"] = Name,
                ["Source"] = new JsonObject
                {
                    ["Type"] = "S3",
                    // A placeholder: each build sets the location of its context.
                    ["Location"] = $"{BucketOf(Template.AnyAccount, Template.AnyRegion)}/none.zip",
                    ["BuildSpec"] = Buildspec,
                },
                ["Artifacts"] = new JsonObject { ["Type"] = "NO_ARTIFACTS" },
                ["Environment"] = new JsonObject
                {
                    ["Type"] = "LINUX_CONTAINER",
                    ["Image"] = "aws/codebuild/standard:7.0",
                    ["ComputeType"] = "BUILD_GENERAL1_MEDIUM",
                    // Docker runs in it.
                    ["PrivilegedMode"] = true,
                    ["EnvironmentVariables"] = new JsonArray(
                        new JsonObject
                        {
                            ["Name"] = "REGISTRY",
                            ["Value"] = $"{Template.AnyAccount}.dkr.ecr.{Template.AnyRegion}.amazonaws.com",
                        }
                    ),
                },
                ["ServiceRole"] = Template.GetAtt("Role", "Arn"),
                ["TimeoutInMinutes"] = 60,
            }
        );

    private const string Buildspec = """
        version: 0.2
        phases:
          build:
            commands:
              - aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"
              - |
                for image in plumbline-jobs plumbline-serving; do
                  name="$REGISTRY/$image:$TAG"
                  # A build that was cut off after the first image: a tag is given once.
                  docker manifest inspect "$name" >/dev/null 2>&1 && continue
                  docker build --file "images/$image.Dockerfile" --tag "$name" . && docker push "$name" || exit 1
                done

        """;
}
