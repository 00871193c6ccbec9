using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Loop.Stack;
using Plumbline.Records.Project;
using Plumbline.Testing;
using static Plumbline.Loop.Tests.Stack.DigitsStack;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>The stack of a loop, made by an independent implementation.</summary>
[Trait(Nightly.Part, "cuts")]
public sealed class MotoStackTests
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

    [NightlyFact("moto_server")]
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
        (await PlumbAsync("deploy", "--no-images")).ShouldContain(
            "Nothing changes.",
            customMessage: "it was refused before"
        );
        (await PlumbAsync("destroy")).ShouldContain("bucket plumbline-digits-123456789012");
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
