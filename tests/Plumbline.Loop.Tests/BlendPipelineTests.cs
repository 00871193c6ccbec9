using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Tests;

/// <summary>The training pipeline of a project with recipes.</summary>
public sealed class BlendPipelineTests
{
    private const string Least = "name: pets\ndata: {}\nlabels: [cat, dog]\n";

    [Fact]
    public void Recipes_are_trained_beside_old_and_new_and_their_blend_is_the_third_candidate()
    {
        var steps = Steps("training: {recipes: [first, decay, recent]}\n");

        string[] added = ["TrainDecay", "TrainRecent", "Blend", "EvaluateBlend", "RegisterBlend"];
        steps.Keys.Except(Steps("").Keys).ShouldBe(added, ignoreOrder: true);
        var weights = steps["TrainDecay"]["Arguments"]!.AsObject().Objects("InputDataConfig").Last();
        weights.Text("ChannelName").ShouldBe("weights");
        weights.ToJsonString().ShouldContain("decay");
        steps["TrainDecay"].ContainsKey("DependsOn").ShouldBeFalse();
        steps["Blend"]["Arguments"]!["AppSpecification"]!["ContainerArguments"]!
            .AsArray()
            .Take(2)
            .Select(one => one!.ToString())
            .ShouldBe(["blend", "--new"]);
        steps["Compare"]["Arguments"]!
            .AsObject()
            .Objects("ProcessingInputs")
            .Select(input => input.Text("InputName"))
            .ShouldBe(["old", "new", "production", "blend", "parts"]);
    }

    [Fact]
    public void The_blend_is_registered_after_the_new_candidate_with_its_weights_and_without_a_training_job()
    {
        var register = Steps("training: {recipes: [decay]}\n")["RegisterBlend"];

        register["DependsOn"]!.AsArray().Select(step => (string?)step).ShouldBe(["RegisterNew"]);
        var facts = register["Arguments"]!["CustomerMetadataProperties"]!.AsObject();
        ((string?)facts["role"]).ShouldBe("blend");
        facts["weights"]!.ToJsonString().ShouldContain("BlendParts");
        facts.ContainsKey("trainingJob").ShouldBeFalse();
        facts.ContainsKey("parent").ShouldBeTrue();
        register["Arguments"]!.ToJsonString().ShouldContain("Steps.Blend");
    }

    private static Dictionary<string, JsonObject> Steps(string more)
    {
        var project = ProjectDescription.Parse(Least + more);
        var definition = TrainingPipeline.Definition(project, new LoopNames("pets", "000000000000", "eu-west-1"));
        return All(JsonNode.Parse(definition)!.AsObject().Objects("Steps")).ToDictionary(step => step.Text("Name")!);
    }

    private static IEnumerable<JsonObject> All(IEnumerable<JsonObject> steps) =>
        steps.SelectMany(step =>
            step["Arguments"] is JsonObject arguments && arguments.ContainsKey("IfSteps")
                ? All(arguments.Objects("IfSteps")).Concat(All(arguments.Objects("ElseSteps"))).Append(step)
                : [step]
        );
}
