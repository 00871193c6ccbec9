using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Checks;
using Plumbline.Loop.Checks.Rules;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests;

/// <summary>The training pipeline of a project with its own code, in AWS's PyTorch images.</summary>
public sealed class PyTorchPipelineTests
{
    private const string Registry = "763104351884.dkr.ecr.eu-west-1.amazonaws.com";

    private static readonly string Yaml = File.ReadAllText(
        Repository.Path("samples", "digits-torch", "plumbline.yaml")
    );

    [Fact]
    public void Each_model_is_scored_by_its_own_handler_before_it_is_evaluated()
    {
        var steps = Steps();

        foreach (var which in (string[])["Old", "New", "Production", "First"])
        {
            var score = steps[$"Score{which}"]["AppSpecification"]!;
            ((string?)score["ImageUri"]).ShouldBe($"{Registry}/pytorch-inference:2.6.0-cpu-py312");
            score["ContainerEntrypoint"]!.ToJsonString().ShouldContain("score.py");
            InputsOf(steps[$"Evaluate{which}"]).ShouldBe(["scores", "test"]);
            InputsOf(steps[$"Score{which}"]).ShouldBe(["model", "test", "code"]);
        }
    }

    [Fact]
    public void Training_and_serving_are_AWSs_images_for_the_instances_of_the_project()
    {
        var steps = Steps();

        var train = steps["TrainOld"];
        ((string?)train["AlgorithmSpecification"]!["TrainingImage"]).ShouldBe(
            $"{Registry}/pytorch-training:2.6.0-gpu-py312"
        );
        train["HyperParameters"]!["sagemaker_submit_directory"]!.ToJsonString().ShouldContain("Parameters.CodeUri");
        train.Objects("InputDataConfig").Select(channel => channel.Text("ChannelName")).ShouldContain("model");
        var container = steps["RegisterNew"]["InferenceSpecification"]!["Containers"]![0]!;
        ((string?)container["Image"]).ShouldBe($"{Registry}/pytorch-inference:2.6.0-gpu-py312");
        ((string?)container["Environment"]!["SAGEMAKER_PROGRAM"]).ShouldBe("inference.py");
    }

    [Fact]
    public void A_network_that_leaves_ONNX_is_scored_and_served_by_Plumblines_server()
    {
        var steps = Steps(File.ReadAllText(Repository.Path("samples", "signs", "plumbline.yaml")));

        ((string)steps["TrainNew"]["AlgorithmSpecification"]!["TrainingImage"]!).ShouldContain("/pytorch-training:");
        var score = steps["ScoreNew"];
        ((string)score["AppSpecification"]!["ImageUri"]!).ShouldContain("/plumbline-serving");
        score["AppSpecification"]!["ContainerArguments"]!.ToJsonString().ShouldBe("[\"score\"]");
        InputsOf(score).ShouldBe(["model", "test", "content"]);
        var container = steps["RegisterNew"]["InferenceSpecification"]!["Containers"]![0]!;
        ((string)container["Image"]!).ShouldContain("/plumbline-serving");
        steps.Values.ShouldNotContain(step => step.ToJsonString().Contains("pytorch-inference"));
    }

    [Fact]
    public void A_project_that_leaves_ONNX_needs_no_handler_and_no_right_to_AWSs_serving_image()
    {
        var signs = ProjectDescription.Parse(File.ReadAllText(Repository.Path("samples", "signs", "plumbline.yaml")));
        var names = new LoopNames("signs", "111122223333", "eu-west-1");
        string Roles(ProjectDescription project) =>
            string.Concat(
                LoopResources
                    .Of(project, names, names.RepositoryUrl)
                    .Where(resource => resource.Kind == ResourceKind.Role)
                    .SelectMany(role => role.Attached)
                    .Select(policy => policy.ToJsonString())
            );

        var (onnx, handler) = (
            Roles(signs),
            Roles(signs with { Training = signs.Training with { Model = TrainingDescription.Handler } })
        );

        onnx.ShouldContain("repository/pytorch-training");
        onnx.ShouldNotContain("pytorch-inference");
        handler.ShouldContain("pytorch-inference");
    }

    [Fact]
    public void The_version_of_the_project_is_that_of_every_image()
    {
        var images = Steps(Yaml.Replace("algorithm: pytorch ", "version: \"2.4\"\n  algorithm: pytorch "))
            .Values.Select(step => step.ToJsonString())
            .SelectMany(step => Regex.Matches(step, "pytorch-[a-z]+:([^-]+)-[cg]pu-([a-z0-9]+)"))
            .Select(image => image.Value)
            .Distinct()
            .Order(StringComparer.Ordinal);

        images.ShouldBe([
            "pytorch-inference:2.4.0-cpu-py311",
            "pytorch-inference:2.4.0-gpu-py311",
            "pytorch-training:2.4.0-gpu-py311",
        ]);
    }

    [Fact]
    public void A_spot_training_waits_for_instances_and_keeps_checkpoints()
    {
        var train = Steps(Yaml.Replace("training:\n", "training:\n  spot: true\n  maxWait: 3d\n"))["TrainNew"];

        ((bool)train["EnableManagedSpotTraining"]!).ShouldBeTrue();
        train["StoppingCondition"]!
            .ToJsonString()
            .ShouldBe("""{"MaxRuntimeInSeconds":172800,"MaxWaitTimeInSeconds":259200}""");
        train["CheckpointConfig"].ShouldNotBeNull();
        Steps()["TrainNew"].ContainsKey("EnableManagedSpotTraining").ShouldBeFalse();
    }

    [Theory]
    [InlineData(
        "digits-torch",
        "[3]\ttrain-loss:0.51230\tvalidation-accuracy:0.98000",
        "train:loss=0.51230 validation:accuracy=0.98000"
    )]
    [InlineData(
        "digits",
        "[3]#011train-mlogloss:0.51230#011validation-mlogloss:1.5e-05",
        "train:mlogloss=0.51230 validation:mlogloss=1.5e-05"
    )]
    public void SageMaker_finds_the_figures_that_trainings_print(string sample, string line, string expected)
    {
        var train = Steps(File.ReadAllText(Repository.Path("samples", sample, "plumbline.yaml")))["TrainNew"];

        var found =
            from definition in train["AlgorithmSpecification"]!.AsObject().Objects("MetricDefinitions")
            let match = Regex.Match(line, definition.Text("Regex")!)
            where match.Success
            select $"{definition.Text("Name")}={match.Groups[1].Value}";

        string.Join(' ', found).ShouldBe(expected);
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("digits-csharp")]
    [InlineData("digits-torch")]
    [InlineData("messages")]
    [InlineData("signs")]
    public void The_samples_have_nothing_worse_than_notes_but_their_bake_for_one_machine(string sample)
    {
        var yaml = File.ReadAllText(Repository.Path("samples", sample, "plumbline.yaml"));

        ParityCheck
            .Run(CheckSubject.OfProject(ProjectDescription.Parse(yaml), DescriptionLines.Parse(yaml)))
            .Where(finding => finding.Severity != Severity.Note)
            .ShouldHaveSingleItem()
            .Rule.ShouldBe("PL022");
    }

    [Fact]
    public async Task The_same_code_has_the_same_key_and_other_code_another()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("data.csv"), "label,p\n0,1\n");
        Directory.CreateDirectory(folder.At("code"));
        await File.WriteAllTextAsync(folder.At("code", "train.py"), "print(1)");
        (await Should.ThrowAsync<UserError>(KeyAsync)).Message.ShouldContain("code/inference.py");
        await File.WriteAllTextAsync(folder.At("code", "inference.py"), "");

        var key = await KeyAsync();
        File.SetLastWriteTimeUtc(folder.At("code", "train.py"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (await KeyAsync()).ShouldBe(key);
        await File.WriteAllTextAsync(folder.At("code", "train.py"), "print(2)");
        (await KeyAsync()).ShouldNotBe(key);

        async Task<string?> KeyAsync() =>
            (
                await TrainingInputs.OfAsync(
                    new ProjectFolder(folder.Path, ProjectDescription.Parse(Yaml)),
                    null,
                    CancellationToken.None
                )
            ).CodeKey;
    }

    /// <summary>The arguments of all steps, also of those in branches, by name.</summary>
    private static Dictionary<string, JsonObject> Steps(string? yaml = null)
    {
        var names = new LoopNames("digits-torch", "111122223333", "eu-west-1");
        var definition = JsonNode
            .Parse(TrainingPipeline.Definition(ProjectDescription.Parse(yaml ?? Yaml), names))!
            .AsObject();
        var top = definition.Objects("Steps").ToList();
        return top.Concat(top.SelectMany(step => step.Object("Arguments")!.Objects("IfSteps")))
            .ToDictionary(step => step.Text("Name")!, step => step.Object("Arguments")!);
    }

    private static IEnumerable<string?> InputsOf(JsonObject step) =>
        step.Objects("ProcessingInputs").Select(input => input.Text("InputName"));
}
