using Plumbline.Loop.Home;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Conditions;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Training;

/// <summary>
/// The training pipeline. Prepare creates the data set version and finds the model in production. If there is one, the
/// pipeline trains it further as the old model and trains a new one from scratch, in parallel; it evaluates both and
/// production on the same rows, compares them, and registers both, the old one first, so that version numbers are
/// stable. With recipes it also trains those, and their blend is the third candidate (<see cref="BlendSteps"/>).
/// Without a model in production it trains a first model. Branches do not rejoin on AWS, so each ends in its own registrations.
/// </summary>
public sealed class TrainingPipeline
{
    private readonly TrainingSteps steps;

    private TrainingPipeline(TrainingSteps steps) => this.steps = steps;

    /// <summary>The definition that CreatePipeline takes.</summary>
    /// <param name="project">The project.</param>
    /// <param name="names">The names of its resources.</param>
    /// <param name="inputs">The parameters' defaults; null before the first upload.</param>
    public static string Definition(ProjectDescription project, LoopNames names, TrainingInputs? inputs = null)
    {
        var parameters = new TrainingParameters(names, inputs);
        var steps = new TrainingSteps(project, names, parameters);
        return new Pipeline
        {
            Parameters = parameters.Of(steps.HasCode),
            Steps = new TrainingPipeline(steps).Steps(),
        }.ToDefinition();
    }

    private List<Step> Steps()
    {
        var hasParent = new ConditionStep("HasParent")
        {
            Conditions = [Condition.Equal(steps.Prepared("hasParent"), "true")],
            IfSteps = Contest(),
            ElseSteps = First(),
        };
        return [steps.Prepare, hasParent];
    }

    private List<Step> Contest()
    {
        var trainOld = steps.Train("TrainOld", steps.Project.Training.AddedRounds, steps.Prepared("parentModelUri"));
        var trainNew = steps.Train("TrainNew", steps.Project.Training.Rounds, warmStart: null);
        List<Step> scores = [];
        var old = steps.Evaluate("Old", trainOld.S3ModelArtifacts, scores);
        var fresh = steps.Evaluate("New", trainNew.S3ModelArtifacts, scores);
        var production = steps.Evaluate("Production", steps.Prepared("parentModelUri"), scores);
        var blend = BlendSteps.Of(steps, trainNew);
        var compare = steps.Compare(old, fresh, production);
        compare = blend?.Compare(compare) ?? compare;
        var registerOld = steps.Register("RegisterOld", "old", trainOld, old, TrainingSteps.Verdict(compare, "old"));
        var registerNew = steps.Register(
            "RegisterNew",
            "new",
            trainNew,
            fresh,
            TrainingSteps.Verdict(compare, "new")
        ) with
        {
            DependsOn = [registerOld],
        };
        return
        [
            trainOld,
            trainNew,
            .. scores,
            old,
            fresh,
            .. blend?.Candidate ?? [],
            production,
            compare,
            registerOld,
            registerNew,
            .. blend is null ? (Step[])[] : [blend.Register(registerNew, compare)],
        ];
    }

    private List<Step> First()
    {
        var train = steps.Train("TrainFirst", steps.Project.Training.Rounds, warmStart: null);
        List<Step> scores = [];
        var evaluate = steps.Evaluate("First", train.S3ModelArtifacts, scores);
        var register = steps.Register("RegisterFirst", "first", train, evaluate, TrainingSteps.Verdict(evaluate));
        return [train, .. scores, evaluate, register];
    }
}
