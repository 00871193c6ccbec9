using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Loop.Home;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>The stack of a loop, checked by AWS's linter and made by an independent implementation.</summary>
public sealed class StackTests
{
    /// <summary>
    /// The resource types that moto's CloudFormation does not make; it makes all others of the template.
    /// </summary>
    private static readonly string[] MotoLacks =
    [
        "AWS::CloudWatch::Alarm",
        "AWS::CodeBuild::Project",
        "AWS::CodeCommit::Repository",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::SageMaker::ModelPackageGroup",
    ];

    private static readonly string Yaml = File.ReadAllText(Repository.Path("samples", "digits", "plumbline.yaml"));

    /// <summary>The template of the built CLI.</summary>
    private static readonly string Digits = LoopTemplate.Of(
        ProjectDescription.Parse(Yaml),
        new ImageContext(Path.GetDirectoryName(Plumb.Program)!).Tag
    );

    [Fact]
    public void The_same_project_gives_the_template_that_is_written_down()
    {
        // Another build of the CLI has other image tags.
        var digits = LoopTemplate.Of(ProjectDescription.Parse(Yaml), "0123456789abcdef");
        var golden = Repository.Path("tests", "Plumbline.Scenarios.Tests", "OnAws", "digits.template.json");
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

    [ProgramFact("moto_server", "aws")]
    public async Task An_endpoint_that_serves_is_deleted_only_where_somebody_says_so()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("plumbline.yaml"), Yaml);
        await using var moto = await MotoServer.StartAsync();
        const string Role = "arn:aws:iam::123456789012:role/digits-endpoint";
        const string Variant =
            "VariantName=AllTraffic,ModelName=digits-v1,InitialInstanceCount=1,InstanceType=ml.m5.large";
        foreach (
            var make in (string[])
                [
                    $"create-model --model-name digits-v1 --execution-role-arn {Role} --primary-container Image=x",
                    $"create-endpoint-config --endpoint-config-name digits-v1-0 --production-variants {Variant}",
                    "create-endpoint --endpoint-name digits --endpoint-config-name digits-v1-0",
                ]
        )
        {
            (await Shell.RunAsync("aws", ["sagemaker", .. make.Split(' ')], moto.Environment)).Succeeded();
        }

        var refused = await DestroyAsync();
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("The endpoint digits is InService");
        refused.Error.ShouldContain("pass --yes to agree");
        (await DestroyAsync()).ExitCode.ShouldBe(2, "it is still there");
        (await DestroyAsync("--yes")).Succeeded();
        (await DestroyAsync()).Succeeded();

        Task<ShellResult> DestroyAsync(params string[] options) =>
            Shell.RunAsync(Plumb.Program, ["aws", "destroy", .. options], moto.Environment, folder.Path);
    }

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

    [ProgramFact("moto_server", "aws")]
    public async Task The_aws_cli_creates_the_stack_on_moto_but_for_the_types_that_it_lacks()
    {
        using var folder = new TemporaryFolder();
        await using var moto = await MotoServer.StartAsync();
        await File.WriteAllTextAsync(folder.At("template.json"), Digits);
        string[] create =
        [
            "cloudformation",
            "create-stack",
            "--stack-name",
            "plumbline-digits",
            "--template-body",
            $"file://{folder.At("template.json")}",
            "--capabilities",
            "CAPABILITY_NAMED_IAM",
        ];
        (await Shell.RunAsync("aws", create, moto.Environment)).Succeeded();
        string[] describe =
        [
            "cloudformation",
            "describe-stack-resources",
            "--stack-name",
            "plumbline-digits",
            "--output",
            "json",
        ];
        var answer = JsonNode.Parse((await Shell.RunAsync("aws", describe, moto.Environment)).Succeeded())!;
        var made = answer["StackResources"]!.AsArray().Select(one => (string?)one!["LogicalResourceId"]).ToHashSet();
        var missing = JsonNode.Parse(Digits)!["Resources"]!
            .AsObject()
            .Where(one => !made.Contains(one.Key))
            .Select(one => (string)one.Value!["Type"]!);
        missing.Distinct().Order(StringComparer.Ordinal).ShouldBe(MotoLacks);
        moto.Unsupported.ShouldBe(MotoLacks);
    }

    [ProgramFact("moto_server")]
    public async Task A_deploy_that_is_cut_off_between_any_two_calls_ends_the_same_the_next_time()
    {
        await using var moto = await MotoServer.StartAsync();
        var whole = new CutConnection(int.MaxValue, answerIsLost: false);
        (await DeployAsync(moto, "whole", whole)).Count.ShouldBeGreaterThan(20);
        whole.Made.ShouldBeGreaterThan(5);
        var names = new List<string> { "whole" };
        for (var calls = 0; calls < whole.Made; calls++)
        {
            foreach (var answerIsLost in new[] { false, true })
            {
                var name = $"cut-{calls}-{answerIsLost}".ToLowerInvariant();
                await Should.ThrowAsync<CutException>(() =>
                    DeployAsync(moto, name, new CutConnection(calls, answerIsLost))
                );
                await DeployAsync(moto, name);
                names.Add(name);
            }
        }

        var made = await ResourcesAsync(moto, names);
        foreach (var (name, resources) in made)
        {
            resources.ShouldBe(made["whole"], name);
        }
    }

    [ProgramFact("moto_server", "aws")]
    public async Task Plumb_aws_shows_makes_and_deletes_the_stack()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("plumbline.yaml"), Yaml);
        await using var moto = await MotoServer.StartAsync();
        (await PlumbAsync("synth")).ShouldBe(Digits);
        (await PlumbAsync("diff")).ShouldContain("Add     AWS::S3::Bucket Bucket");
        // moto's CloudFormation does not make build projects; moto's CodeBuild has them and reports every build as
        // successful.
        string[] build =
        [
            "codebuild",
            "create-project",
            "--name",
            ImagesTemplate.Name,
            "--source",
            "type=S3,location=bucket/none.zip",
            "--artifacts",
            "type=NO_ARTIFACTS",
            "--environment",
            "type=LINUX_CONTAINER,image=aws/codebuild/standard:7.0,computeType=BUILD_GENERAL1_SMALL",
            "--service-role",
            "arn:aws:iam::123456789012:role/service-role/images",
        ];
        (await Shell.RunAsync("aws", build, moto.Environment)).Succeeded();
        (await PlumbAsync("deploy")).ShouldContain("Ready");
        (await PlumbAsync("deploy", "--no-images")).ShouldContain("Nothing changes.");
        (await PlumbAsync("destroy")).ShouldContain("bucket plumbline-digits-123456789012");
        // A stack with the name of a loop, but of another project.
        await DeployAsync(moto, "plumbline-moons");
        var refused = await Shell.RunAsync(
            Plumb.Program,
            ["aws", "destroy", "--images"],
            moto.Environment,
            folder.Path
        );
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("plumbline-images: is still used by plumbline-moons");
        using (var connection = moto.Connect())
            await new CloudStack(
                new CloudFormationClient(connection),
                "plumbline-moons",
                TimeProvider.System
            ).DestroyAsync(CancellationToken.None);
        // Versions and delete markers keep a bucket from being empty, too.
        const string Images = "plumbline-images-123456789012-us-east-1";
        await S3Async("put-bucket-versioning", "--versioning-configuration", "Status=Enabled");
        await S3Async("put-object", "--key", "built/one");
        await S3Async("put-object", "--key", "built/one");
        await S3Async("delete-object", "--key", "built/one");
        var gone = await PlumbAsync("destroy", "--images");
        gone.ShouldContain("The stack does not exist.");
        gone.ShouldContain("Deleted the images and the files that they were built from.");
        var buckets = await Shell.RunAsync("aws", ["s3", "ls"], moto.Environment);
        buckets.Succeeded().ShouldNotContain("plumbline-images");
        (await PlumbAsync("destroy", "--images")).ShouldContain("The images do not exist.");

        async Task S3Async(string operation, params string[] arguments) =>
            (
                await Shell.RunAsync("aws", ["s3api", operation, "--bucket", Images, .. arguments], moto.Environment)
            ).Succeeded();
        async Task<string> PlumbAsync(params string[] arguments) =>
            (await Shell.RunAsync(Plumb.Program, ["aws", .. arguments], moto.Environment, folder.Path)).Succeeded();
    }

    private static async Task<IReadOnlyList<StackChange>> DeployAsync(
        MotoServer moto,
        string name,
        DelegatingHandler? hook = null
    )
    {
        using var connection = moto.Connect(hook);
        return await new CloudStack(new CloudFormationClient(connection), name, TimeProvider.System).DeployAsync(
            ForAnother(name),
            CancellationToken.None
        );
    }

    /// <summary>The template of another project, so that stacks do not share resources.</summary>
    private static string ForAnother(string name) =>
        LoopTemplate.Of(ProjectDescription.Parse(Yaml.Replace("name: digits", $"name: {name}")));

    /// <summary>The resources of each stack, read through boto3.</summary>
    private static async Task<Dictionary<string, string[]>> ResourcesAsync(MotoServer moto, IEnumerable<string> stacks)
    {
        const string Read = """
            import boto3, json, sys
            client = boto3.client("cloudformation")
            def resources(stack):
                for one in client.describe_stack_resources(StackName=stack)["StackResources"]:
                    yield " ".join(one.get(name, "") for name in ("LogicalResourceId", "ResourceType", "ResourceStatus"))
            print(json.dumps({stack: sorted(resources(stack)) for stack in sys.argv[1:]}))
            """;
        var read = await Shell.RunAsync("python3", ["-c", Read, .. stacks], moto.Environment);
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(read.Succeeded())!;
    }
}
