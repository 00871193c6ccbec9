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

    private static readonly string[] OfRefresh =
    [
        "TrainRecentRefresh",
        "BlendRefresh",
        "EvaluateBlendRefresh",
        "EvaluateProductionRefresh",
        "CompareRefresh",
        "RegisterRefresh",
        "Refresh",
    ];

    [Fact]
    public void Recipes_are_trained_beside_old_and_new_and_their_blend_is_the_third_candidate()
    {
        var steps = Steps("training: {recipes: [first, decay, recent]}\n");

        string[] added = ["TrainDecay", "TrainRecent", "Blend", "EvaluateBlend", "RegisterBlend"];
        steps.Keys.Except(Steps("").Keys).Except(OfRefresh).ShouldBe(added, ignoreOrder: true);
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

    [Fact]
    public void A_refresh_trains_the_newest_rows_alone_and_registers_one_version()
    {
        var definition = Definition("training: {recipes: [first, decay, recent]}\n");
        var refresh = definition.Objects("Steps").Single(step => step.Text("Name") == "Refresh")["Arguments"]!;

        refresh["Conditions"]!.ToJsonString().ShouldContain("\"refresh\"");
        var own = refresh.AsObject().Objects("IfSteps").ToDictionary(step => step.Text("Name")!);
        own.Keys.Append("Refresh").ShouldBe(OfRefresh, ignoreOrder: true);
        own["TrainRecentRefresh"]["Arguments"]!
            .AsObject()
            .Objects("InputDataConfig")
            .Select(channel => channel.Text("ChannelName"))
            .ShouldBe(["train", "validation", "weights", "encoder"]);
        own["BlendRefresh"]["Arguments"]!["AppSpecification"]!["ContainerArguments"]!
            .AsArray()
            .Select(one => one!.ToString())
            .Where(one => one.StartsWith("--", StringComparison.Ordinal))
            .ShouldBe(["--recent", "--project"], "the other parts are in the record of the execution before");
        own["CompareRefresh"]["Arguments"]!
            .AsObject()
            .Objects("ProcessingInputs")
            .Select(input => input.Text("InputName"))
            .ShouldBe(["production", "blend", "parts"]);
        own["CompareRefresh"]["Arguments"]!["ProcessingOutputConfig"]!
            .ToJsonString()
            .ShouldContain("\"Compare\"", Case.Sensitive, "people and commands look for the comparison there");
        var facts = own["RegisterRefresh"]["Arguments"]!["CustomerMetadataProperties"]!.AsObject();
        ((string?)facts["role"]).ShouldBe("blend");
        facts["weights"]!.ToJsonString().ShouldContain("Steps.BlendRefresh");
        facts.ContainsKey("trainingJob").ShouldBeFalse();
    }

    [Fact]
    public void Only_a_project_with_the_recipe_recent_can_be_refreshed()
    {
        string[] Parameters(string more) =>
            [.. Definition(more).Objects("Parameters").Select(one => one.Text("Name")!)];

        Parameters("training: {recipes: [recent]}\n").ShouldContain("TrainingKind");
        Parameters("training: {recipes: [decay, first]}\n").ShouldNotContain("TrainingKind");
        Steps("training: {recipes: [decay, first]}\n").Keys.ShouldNotContain("Refresh");
    }

    private static Dictionary<string, JsonObject> Steps(string more) =>
        All(Definition(more).Objects("Steps")).ToDictionary(step => step.Text("Name")!);

    private static JsonObject Definition(string more)
    {
        var project = ProjectDescription.Parse(Least + more);
        var definition = TrainingPipeline.Definition(project, new LoopNames("pets", "000000000000", "eu-west-1"));
        return JsonNode.Parse(definition)!.AsObject();
    }

    private static IEnumerable<JsonObject> All(IEnumerable<JsonObject> steps) =>
        steps.SelectMany(step =>
            step["Arguments"] is JsonObject arguments && arguments.ContainsKey("IfSteps")
                ? All(arguments.Objects("IfSteps")).Concat(All(arguments.Objects("ElseSteps"))).Append(step)
                : [step]
        );
}
