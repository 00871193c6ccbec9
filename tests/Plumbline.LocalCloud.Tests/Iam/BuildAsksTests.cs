using System.Text;
using Plumbline.LocalCloud.Tests.CodeBuild;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>The actions that CodeBuild takes with a build's service role.</summary>
[Collection("processes")]
public sealed class BuildAsksTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/plumbline-jobs";
    private const string Buildspec = "version: 0.2\nphases:\n  build:\n    commands: [echo built]\n";

    private readonly Roles roles = new(cloud.CallAsync);

    [Theory]
    [InlineData(
        "logs:CreateLogStream",
        "SUBMITTED",
        "ACCESS_DENIED",
        "Service role arn:aws:iam::000000000000:role/NAME does not allow AWS CodeBuild to create Amazon CloudWatch Logs log streams for build "
            + "arn:aws:codebuild:us-east-1:000000000000:build/NAME:"
    )]
    [InlineData("ecr:GetAuthorizationToken", "PROVISIONING", "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE", NoPull)]
    [InlineData("ecr:BatchGetImage", "PROVISIONING", "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE", NoPull)]
    [InlineData("codecommit:GitPull", "DOWNLOAD_SOURCE", "COMMAND_EXECUTION_ERROR", "source http://")]
    public async Task A_build_whose_role_lacks_one_right_fails_in_CodeBuilds_words(
        string right,
        string phase,
        string code,
        string message
    )
    {
        var name = right.Replace(':', '-');
        await MakeAsync(name, await roles.AllowAllButAsync(name, right), "SERVICE_ROLE");

        var build = await cloud.BuildAsync(name);

        ((string)build["buildStatus"]!).ShouldBe("FAILED", build.ToJsonString());
        var failed = build["phases"]!.AsArray()[^1]!;
        ((string)failed["phaseType"]!).ShouldBe(phase);
        var context = failed["contexts"]![0]!;
        ((string)context["statusCode"]!).ShouldBe(code);
        ((string)context["message"]!).ShouldStartWith(message.Replace("NAME", name, StringComparison.Ordinal));
        if (phase != "DOWNLOAD_SOURCE")
        {
            ((string)context["message"]!).ShouldContain(
                $"User: arn:aws:sts::000000000000:assumed-role/{name}/AWSCodeBuild-{((string)build["id"]!).Split(':')[1]} is not authorized to perform: {right}"
            );
        }
    }

    [Fact]
    public async Task With_these_rights_a_build_goes_on()
    {
        var role = await roles.AllowAsync(
            "enough",
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "ecr:GetAuthorizationToken",
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchCheckLayerAvailability",
            "codecommit:GitPull"
        );
        await MakeAsync("enough", role, "SERVICE_ROLE");

        var build = await cloud.BuildAsync("enough");

        ((string)build["buildStatus"]!).ShouldBe("SUCCEEDED", build.ToJsonString());
    }

    [Fact]
    public async Task An_image_that_CodeBuild_pulls_with_its_own_credentials_needs_no_right_of_the_role()
    {
        await MakeAsync("others", await roles.AllowAllButAsync("others", "ecr:*"), "CODEBUILD");

        var build = await cloud.BuildAsync("others");

        ((string)build["buildStatus"]!).ShouldBe("SUCCEEDED", build.ToJsonString());
    }

    private const string NoPull =
        "Unable to pull customer's container image. CannotPullContainerError: Error response from daemon: pull access denied for "
        + Image
        + ", repository does not exist or may require 'docker login': denied: User: ";

    private async Task MakeAsync(string name, string role, string pulledWith)
    {
        var made = await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = name });
        await cloud.CallAsync(
            "codecommit",
            "CreateCommit",
            new
            {
                repositoryName = name,
                branchName = "main",
                putFiles = new[]
                {
                    new
                    {
                        filePath = "buildspec.yml",
                        fileContent = Convert.ToBase64String(Encoding.UTF8.GetBytes(Buildspec)),
                    },
                },
            }
        );
        await cloud.CallAsync(
            "codebuild",
            "CreateProject",
            new
            {
                name,
                source = new { type = "CODECOMMIT", location = (string)made["repositoryMetadata"]!["cloneUrlHttp"]! },
                artifacts = new { type = "NO_ARTIFACTS" },
                environment = new
                {
                    type = "LINUX_CONTAINER",
                    image = Image + ":latest",
                    computeType = "BUILD_GENERAL1_SMALL",
                    imagePullCredentialsType = pulledWith,
                },
                serviceRole = role,
            }
        );
    }
}
