using Plumbline.Records.Project;

namespace Plumbline.Records.Tests.Project;

/// <summary>The section <c>aws</c> of plumbline.yaml: valid values, and errors.</summary>
public sealed class AwsSectionTests
{
    private const string Key = "arn:aws:kms:eu-central-1:123456789012:key/0d7c-1";

    private const string All = $$"""
        stage: dev
        permissionsBoundary: arn:aws:iam::123456789012:policy/boundary
        rolePath: /ml/loops/
        roles:
          events: arn:aws:iam::123456789012:role/given/events
        tags:
          cost-center: "4711"
          team: vision & more
        vpc:
          id: vpc-0123456789abcdef0
          subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
          securityGroups: [sg-0123456789abcdef0]
        kmsKey: {{Key}}
        images:
          jobs: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/mirror/plumbline-jobs:1.2
          pytorchTraining: 123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/torch@sha256:{{Digest}}
        """;

    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void A_project_without_it_has_the_names_and_the_json_that_it_had()
    {
        var project = Parse("");

        project.Aws.ShouldBeNull();
        project.LoopName().ShouldBe("churn");
        project.ToJson().ShouldNotContain("aws");
    }

    [Fact]
    public void All_of_it_reads_as_written_and_jobs_read_the_same()
    {
        var text = All.Replace("vision & more", "vision", StringComparison.Ordinal);
        var project = ProjectDescription.FromJson(Parse(text).ToJson());

        project.LoopName().ShouldBe("churn-dev");
        var aws = project.Aws!;
        aws.RolePath.ShouldBe("/ml/loops/");
        aws.Roles.Keys.ShouldBe(["events"]);
        aws.Tags["cost-center"].ShouldBe("4711");
        aws.Vpc!.Subnets.Count.ShouldBe(2);
        aws.Vpc.SecurityGroups.ShouldBe(["sg-0123456789abcdef0"]);
        aws.KmsKey.ShouldBe(Key);
        aws.Images.Jobs.ShouldEndWith("/mirror/plumbline-jobs:1.2");
        aws.Images.PytorchTraining.ShouldEndWith(Digest);
        aws.Images.Serving.ShouldBeNull();
    }

    [Theory]
    [InlineData("stage: Dev", "aws.stage: must be 1 to 12 lower case letters and digits, like dev, not 'Dev'")]
    [InlineData("kmsKey: alias/mine", "aws.kmsKey: must be the ARN of a key (not of an alias)")]
    [InlineData("rolePath: ml", "aws.rolePath: must be a path with / at both ends, like /plumbline/, not 'ml'")]
    [InlineData("permissionsBoundary: mine", "aws.permissionsBoundary: must be the ARN of a policy")]
    [InlineData(
        "roles: {builder: x}",
        "unknown key 'aws.roles.builder'; the known keys are build, deploy, pipeline, job"
    )]
    [InlineData("roles: {build: my-role}", "aws.roles.build: must be the ARN of a role")]
    [InlineData("tags: {aws:cloud: x}", "must not begin with aws:, which AWS reserves")]
    [InlineData("tags: {team: vision & more}", "aws.tags.team: its value must have at most 256 letters")]
    [InlineData("vpc: {subnets: [subnet-01234567]}", "aws.vpc.id is missing")]
    [InlineData(
        "vpc: {id: vpc-01234567, subnets: [subnet-01234567]}",
        "aws.vpc.securityGroups: must be a list of 1 to 5"
    )]
    [InlineData(
        "vpc: {id: vpc-01234567, subnets: [eu-1], securityGroups: [sg-01234567]}",
        "aws.vpc.subnets: 'eu-1' is invalid: write it like subnet-0123456789abcdef0"
    )]
    [InlineData("images: {jobs: python:3.12}", "aws.images.jobs: must be an image in ECR")]
    [InlineData("stages: dev", "unknown key 'aws.stages'; did you mean 'stage'?")]
    public void The_rest_is_refused_with_its_line(string line, string message)
    {
        var refused = Should.Throw<UserError>(() => Parse(line));

        refused.Message.ShouldContain(message);
        refused.Message.ShouldStartWith("plumbline.yaml:5");
    }

    [Fact]
    public void A_stage_and_a_name_that_are_too_long_together_are_refused()
    {
        var refused = Should.Throw<UserError>(() => Parse("stage: production", new string('n', 23)));

        refused.Message.ShouldContain("has 34 characters; resource names begin with it, so write at most 32");
    }

    private static ProjectDescription Parse(string aws, string name = "churn") =>
        ProjectDescription.Parse(
            $"""
            name: {name}
            data: {"{"}file: customers.csv{"}"}
            labels: [stays, leaves]
            {(aws.Length == 0 ? "" : "aws:\n  " + aws.Replace("\n", "\n  ", StringComparison.Ordinal))}
            """
        );
}
