using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records;
using Plumbline.Records.Recipes;

namespace Plumbline.Loop.Training;

/// <summary>
/// The steps of a project with recipes: it trains them beside the old and the new candidate, merges them with the new one
/// into a blend, and compares and registers the blend as the third candidate. A refresh trains only the model of the newest
/// rows, and takes the blend's other parts as they are; the blend is its only candidate.
/// </summary>
internal sealed class BlendSteps
{
    private static readonly PropertyFile BlendFile = new("BlendParts", "blend", BlendReport.File);
    private readonly TrainingSteps steps;
    private readonly List<TrainingStep> trainings;
    private readonly ProcessingStep blend;
    private readonly ProcessingStep evaluation;

    private BlendSteps(TrainingSteps steps, TrainingStep fresh)
    {
        this.steps = steps;
        var trained = steps.Project.Training.TrainedRecipes();
        trainings = [.. trained.Select(recipe => Train(recipe))];
        blend = Blend("Blend", [("new", fresh), .. trained.Zip(trainings)]);
        evaluation = steps.Evaluate("Blend", ModelUri(), scores: []);
    }

    private BlendSteps(TrainingSteps steps, string suffix)
    {
        this.steps = steps;
        var train = Train(Recipe.Recent.Name, suffix);
        // The models of a blend need one encoder.
        train = train with
        {
            Inputs = [.. train.Inputs, new Channel("encoder", steps.Prepared("newModelUri"))],
        };
        trainings = [train];
        blend = Blend($"Blend{suffix}", [(Recipe.Recent.Name, train)]);
        evaluation = steps.Evaluate("Blend", ModelUri(), scores: [], suffix: suffix);
    }

    /// <summary>The steps, or null for a project without recipes.</summary>
    /// <param name="steps">The steps of the other candidates.</param>
    /// <param name="fresh">The training of the new candidate, which is a part of the blend.</param>
    public static BlendSteps? Of(TrainingSteps steps, TrainingStep fresh) =>
        steps.Project.Training.Recipes.Count == 0 ? null : new BlendSteps(steps, fresh);

    /// <summary>The branch of a refresh.</summary>
    public static List<Step> Refresh(TrainingSteps steps)
    {
        const string Suffix = "Refresh";
        var own = new BlendSteps(steps, Suffix);
        var production = steps.Evaluate("Production", steps.Prepared("parentModelUri"), scores: [], suffix: Suffix);
        var compare = own.Compare(steps.Compare([], production, Suffix));
        var verdict = TrainingSteps.Verdict(compare, "blend");
        var register = steps.Register("RegisterRefresh", "blend", own.trainings[0], own.evaluation, verdict);
        return [.. own.Candidate, production, compare, own.Blended(register)];
    }

    /// <summary>The steps up to the evaluation of the blend.</summary>
    public IReadOnlyList<Step> Candidate => [.. trainings, blend, evaluation];

    /// <summary>A comparison that has the blend as its third candidate.</summary>
    public ProcessingStep Compare(ProcessingStep compare) =>
        compare with
        {
            Inputs =
            [
                .. compare.Inputs,
                ComparisonInputs.Of("blend", evaluation),
                new ProcessingInput("parts", blend.OutputUri("blend"), $"{TrainingSteps.Input}/parts"),
            ],
        };

    /// <summary>Registers the blend after the new candidate.</summary>
    /// <param name="fresh">The registration of the new candidate.</param>
    /// <param name="compare">The comparison of all three.</param>
    public RegisterModelStep Register(RegisterModelStep fresh, ProcessingStep compare)
    {
        var verdict = TrainingSteps.Verdict(compare, "blend");
        return Blended(fresh) with
        {
            Name = "RegisterBlend",
            ModelPackageDescription = verdict.Reason,
            ModelApprovalStatus = verdict.Status,
            ModelQualityStatisticsS3Uri = Function.Join("/", evaluation.OutputUri("evaluation"), "evaluation.json"),
            DependsOn = [fresh],
        };
    }

    /// <summary>A registration with the model of the blend and its facts: no single training job made it.</summary>
    private RegisterModelStep Blended(RegisterModelStep register)
    {
        var facts = new Dictionary<string, PipelineValue>(register.CustomerMetadataProperties)
        {
            [ModelMetadata.Role] = "blend",
            [ModelMetadata.Weights] = blend.JsonGet(BlendFile, "weights"),
        };
        facts.Remove(ModelMetadata.TrainingJob);
        return register with { ModelDataUrl = ModelUri(), CustomerMetadataProperties = facts };
    }

    private TrainingStep Train(string recipe, string suffix = "")
    {
        var name = $"Train{char.ToUpperInvariant(recipe[0])}{recipe[1..]}{suffix}";
        var train = steps.Train(name, steps.Project.Training.Rounds, warmStart: null);
        var weights = Function.Join("/", steps.Prepare.OutputUri("prepare"), recipe, "weights.csv");
        return train with { Inputs = [.. train.Inputs, new Channel("weights", weights, "text/csv")] };
    }

    private ProcessingStep Blend(string name, IReadOnlyList<(string Recipe, TrainingStep Step)> models)
    {
        var step = steps.Job(
            name,
            ["blend", .. models.SelectMany(one => (PipelineValue[])[$"--{one.Recipe}", one.Step.S3ModelArtifacts])],
            [new ProcessingInput("prepared", steps.Prepare.OutputUri("prepare"), $"{TrainingSteps.Input}/prepared")],
            "blend",
            BlendFile
        );
        return step with
        {
            Outputs =
            [
                .. step.Outputs,
                new ProcessingOutput("model", "/opt/ml/processing/output/model", steps.Folder("models", name)),
            ],
        };
    }

    private PipelineValue ModelUri() => Function.Join("/", blend.OutputUri("model"), "model.tar.gz");
}
