using System.Text.Json.Nodes;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;
using Plumbline.Testing;
using static Plumbline.Loop.Tests.Stack.DigitsStack;

namespace Plumbline.Loop.Tests.Stack;

/// <summary>The template of a loop's stack, and AWS's linter on it.</summary>
public sealed class StackTests
{
    [Fact]
    public void The_same_project_gives_the_template_that_is_written_down()
    {
        // Another build of the CLI has other image tags.
        var digits = LoopTemplate.Of(ProjectDescription.Parse(Yaml), "0123456789abcdef");
        var golden = Repository.Path("tests", "Plumbline.Loop.Tests", "Stack", "digits.template.json");
        if (Environment.GetEnvironmentVariable("PLUMBLINE_GOLDEN") is { Length: > 0 })
            File.WriteAllText(golden, digits);
        digits.ShouldBe(File.ReadAllText(golden));
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("digits-torch")]
    public void A_request_carries_the_template_of_the_longest_names(string sample)
    {
        var yaml = File.ReadAllText(Repository.Path("samples", sample, "plumbline.yaml"));
        var longest = Named(32)
            .Replace("monitor:\n", $"monitor:\n  namespace: {new string('n', 255)}\n", StringComparison.Ordinal);
        var staged = Named(30);

        Sent(longest).Length.ShouldBeLessThan(CloudStack.LargestTemplate * 15 / 16);
        Sent(staged + Everything("x", tags: 2)).Length.ShouldBeLessThan(CloudStack.LargestTemplate);

        string Named(int letters) =>
            yaml.Replace($"name: {sample}", "name: " + new string('d', letters), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("digits-csharp")]
    [InlineData("digits-torch")]
    public void The_policies_of_a_role_are_within_the_10240_characters_of_AWS(string sample)
    {
        var yaml = File.ReadAllText(Repository.Path("samples", sample, "plumbline.yaml"))
            .Replace($"name: {sample}", "name: " + new string('d', 19), StringComparison.Ordinal);

        foreach (
            var (id, resource) in JsonNode.Parse(Sent(yaml + Everything("production12")))!["Resources"]!.AsObject()
        )
        {
            var policies = resource!["Properties"]!["Policies"]?.AsArray() ?? [];
            // AWS counts the characters after substitution, without white space.
            var text = string.Concat(policies.Select(one => Resolved(one!["PolicyDocument"]!.ToJsonString())));
            text.Length.ShouldBeLessThan(10_240, id);
        }
    }

    [Fact]
    public void Given_roles_are_used_and_not_made_and_the_rest_has_path_boundary_and_tags()
    {
        var template = LoopTemplate.Of(
            ProjectDescription.Parse(
                Yaml
                    + """

                    aws:
                      permissionsBoundary: arn:aws:iam::123456789012:policy/boundary
                      rolePath: /ml/
                      roles: {build: "arn:aws:iam::123456789012:role/given-build"}
                      tags: {team: vision}

                    """
            )
        );
        var resources = JsonNode.Parse(template)!["Resources"]!.AsObject();

        resources.ContainsKey("RoleBuild").ShouldBeFalse();
        Resolved(resources["BuildProjectBuild"]!.ToJsonString())
            .ShouldContain("arn:aws:iam::123456789012:role/given-build");
        resources["BuildProjectBuild"]!["DependsOn"]!.ToJsonString().ShouldBe("""["LogsBuild"]""");
        var job = resources["RoleJob"]!["Properties"]!;
        ((string?)job["Path"]).ShouldBe("/ml/");
        Resolved(job["PermissionsBoundary"]!.ToJsonString()).ShouldContain(":policy/boundary");
        Resolved(resources["RolePipeline"]!.ToJsonString()).ShouldContain("role/ml/digits-job");
        foreach (var (id, resource) in resources.Where(one => one.Value!["Properties"]!["Tags"] is null))
        {
            ((string)resource!["Type"]!).ShouldBeOneOf(
                [
                    "AWS::CloudWatch::Dashboard",
                    "AWS::S3::BucketPolicy",
                    "AWS::SNS::TopicPolicy",
                    "AWS::SQS::QueuePolicy",
                ],
                id
            );
        }
    }

    [Fact]
    public void No_name_in_a_template_is_of_one_partition_alone()
    {
        foreach (var template in (string[])[Digits, ImagesTemplate.Of()])
        {
            template.ShouldNotContain("arn:aws:");
            template.ShouldNotContain(".amazonaws.com/");
        }
    }

    [Fact]
    public void A_service_takes_a_role_for_this_account_alone()
    {
        var roles = JsonNode.Parse(Digits)!["Resources"]!.AsObject().Where(one => one.Key.StartsWith("Role"));

        foreach (var (id, role) in roles)
        {
            var trust = role!["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]![0]!["Condition"]!;
            trust["StringEquals"]!["aws:SourceAccount"]!
                .ToJsonString()
                .ShouldContain("${AWS::AccountId}", customMessage: id);
            (trust["ArnLike"] is not null).ShouldBe(id is "RoleBuild" or "RoleDeploy" or "RoleEvents", id);
        }
    }

    [Theory]
    [InlineData("Modify", "AWS::S3::Bucket", "True", true)]
    [InlineData("Remove", "AWS::SageMaker::ModelPackageGroup", "", true)]
    [InlineData("Modify", "AWS::S3::Bucket", "False", false)]
    [InlineData("Add", "AWS::S3::Bucket", "", false)]
    [InlineData("Remove", "AWS::Events::Rule", "", false)]
    [InlineData("Modify", "AWS::CodeBuild::Project", "True", false)]
    public void What_holds_data_is_not_replaced_without_a_question(
        string action,
        string type,
        string replacement,
        bool loses
    ) => LoopTemplate.LosesData(new StackChange(action, "Id", type, replacement)).ShouldBe(loses);

    [Fact]
    public void A_role_approves_only_where_the_project_lets_a_policy_approve()
    {
        Digits.ShouldNotContain("sagemaker:UpdateModelPackage");
        var byPolicy = Yaml.Replace("approval: manual", "approval: recommended", StringComparison.Ordinal);
        var resources = JsonNode.Parse(LoopTemplate.Of(ProjectDescription.Parse(byPolicy)))!["Resources"]!.AsObject();

        resources
            .Where(one => one.Value!.ToJsonString().Contains("sagemaker:UpdateModelPackage", StringComparison.Ordinal))
            .Select(one => one.Key)
            .ShouldBe(["RoleDeploy"]);
    }

    [Fact]
    public void A_key_encrypts_whatever_keeps_something()
    {
        var resources = JsonNode.Parse(Sent(Yaml + Everything("dev")))!["Resources"]!.AsObject();

        foreach (var type in (string[])["AWS::S3::Bucket", "AWS::SNS::Topic", "AWS::SQS::Queue", "AWS::Logs::LogGroup"])
        {
            resources
                .Where(one => (string?)one.Value!["Type"] == type)
                .ShouldAllBe(one => one.Value!.ToJsonString().Contains(":key/", StringComparison.Ordinal));
        }
    }

    /// <summary>The template in a request, without the spaces for readers.</summary>
    private static string Sent(string yaml) =>
        JsonNode.Parse(LoopTemplate.Of(ProjectDescription.Parse(yaml)))!.ToJsonString();

    private static string Resolved(string text) =>
        text.Replace("${AWS::Partition}", "aws", StringComparison.Ordinal)
            .Replace("${AWS::AccountId}", "123456789012", StringComparison.Ordinal)
            .Replace("${AWS::Region}", "ap-southeast-1", StringComparison.Ordinal);

    /// <summary>All settings of <c>aws:</c> in plumbline.yaml except for existing roles.</summary>
    private static string Everything(string stage, int tags = 2) =>
        $"""

            aws:
              stage: {stage}
              permissionsBoundary: arn:aws:iam::123456789012:policy/boundary
              rolePath: /ml/loops/
              tags: {"{"}{string.Join(", ", Enumerable.Range(1, tags).Select(n => $"team-{n}: vision"))}{"}"}
              vpc: {"{"}id: vpc-01234567, subnets: [subnet-01234567, subnet-89abcdef], securityGroups: [sg-01234567]{"}"}
              kmsKey: arn:aws:kms:us-east-1:123456789012:key/0123-4567

            """;

    [Theory]
    [InlineData("build")]
    [InlineData("ev")]
    [InlineData("monitor-5xx")]
    public void A_project_that_is_called_like_a_part_of_its_resources_has_the_same_logical_ids(string name) =>
        IdsOf(LoopTemplate.Of(ProjectDescription.Parse(Yaml.Replace("name: digits", $"name: {name}"))))
            .ShouldBe(IdsOf(Digits));

    [Fact]
    public async Task Synth_writes_all_that_has_to_be_agreed_to_into_a_folder()
    {
        using var folder = new TemporaryFolder();
        string[] synth = ["aws", "synth", "--project", Repository.Path("samples", "digits"), "--all", folder.At("all")];

        (await Shell.RunAsync(Plumb.Program, synth)).Succeeded();

        Directory
            .EnumerateFiles(folder.At("all"))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "digits-monitor.pipeline.json",
                "digits-training.pipeline.json",
                "plumbline-digits.template.json",
                "plumbline-images.template.json",
            ]);
        (await File.ReadAllTextAsync(folder.At("all", "plumbline-digits.template.json"))).ShouldBe(Digits);
        var training = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("all", "digits-training.pipeline.json")))!;
        training["Steps"]!.AsArray().Select(step => (string?)step!["Name"]).ShouldContain("Prepare");
    }

    private static IEnumerable<string> IdsOf(string template) =>
        JsonNode.Parse(template)!["Resources"]!.AsObject().Select(one => one.Key);

    [ProgramFact("cfn-lint")]
    public async Task Cfn_lint_finds_nothing()
    {
        using var folder = new TemporaryFolder();
        string[] texts =
        [
            Digits,
            LoopTemplate.Of(
                ProjectDescription.Parse(
                    await File.ReadAllTextAsync(Repository.Path("samples", "digits-torch", "plumbline.yaml"))
                )
            ),
            ImagesTemplate.Of(),
            LoopTemplate.Of(ProjectDescription.Parse(Yaml + Everything("dev"))),
            LoopTemplate.Of(
                ProjectDescription.Parse(
                    """
                    name: two-moons
                    data: {file: data.csv, label: label}
                    labels: [no, yes]
                    approval: recommended
                    monitor: {schedule: weekly}
                    """
                )
            ),
        ];
        // One process: it reads each region's specification once.
        foreach (var (number, text) in texts.Index())
        {
            await File.WriteAllTextAsync(folder.At($"template-{number}.json"), text);
        }

        string[] arguments = [.. Directory.GetFiles(folder.Path), "--regions", "us-east-1", "eu-central-1"];
        var found = await Shell.RunAsync("cfn-lint", arguments);
        (found.Output + found.Error).Trim().ShouldBe("");
        found.ExitCode.ShouldBe(0);
    }
}
