using System.Text.Json;
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
/// stable. With recipes it also trains those, and their blend is the third candidate (<see cref="BlendSteps"/>). If
/// production lacks a label or a column, it cannot be trained further: the pipeline trains a new model alone, and compares
/// it with production. Without a model in production it trains a first model. With the recipe <c>recent</c>, an execution
/// may be a refresh, which trains that recipe alone. Branches do not rejoin on AWS and conditions do not nest, so each of the
/// conditions at the top has one branch, which ends in its own registrations.
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
            Parameters = parameters.Of(steps.HasCode, project.Training.Refreshes()),
            Steps = new TrainingPipeline(steps).Steps(),
        }.ToDefinition();
    }

    private List<Step> Steps()
    {
        return
        [
            steps.Prepare,
            If("OldAndNew", Records.Data.Contest.OldAndNew, Contest()),
            If("NewOnly", Records.Data.Contest.NewOnly, Replacement()),
            If("First", Records.Data.Contest.First, First()),
            .. steps.Project.Training.Refreshes()
                ? (Step[])[If("Refresh", Records.Data.Contest.Refresh, BlendSteps.Refresh(steps))]
                : [],
        ];
    }

    private ConditionStep If(string name, Records.Data.Contest contest, List<Step> then) =>
        new(name)
        {
            Conditions =
            [
                Condition.Equal(steps.Prepared("contest"), JsonNamingPolicy.CamelCase.ConvertName(contest.ToString())),
            ],
            IfSteps = then,
        };

    private List<Step> Contest()
    {
        var trainOld = steps.Train("TrainOld", steps.Project.Training.AddedRounds, steps.Prepared("parentModelUri"));
        var trainNew = steps.Train("TrainNew", steps.Project.Training.Rounds, warmStart: null);
        List<Step> scores = [];
        var old = steps.Evaluate("Old", trainOld.S3ModelArtifacts, scores);
        var fresh = steps.Evaluate("New", trainNew.S3ModelArtifacts, scores);
        var production = steps.Evaluate("Production", steps.Prepared("parentModelUri"), scores);
        var blend = BlendSteps.Of(steps, trainNew);
        var compare = steps.Compare([ComparisonInputs.Of("old", old), ComparisonInputs.Of("new", fresh)], production);
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

    /// <summary>A new model alone; production answers the rows without the columns that it does not know.</summary>
    private List<Step> Replacement()
    {
        const string Suffix = "Only";
        var train = steps.Train($"TrainNew{Suffix}", steps.Project.Training.Rounds, warmStart: null);
        List<Step> scores = [];
        var fresh = steps.Evaluate("New", train.S3ModelArtifacts, scores, suffix: Suffix);
        var production = steps.Evaluate(
            "Production",
            steps.Prepared("parentModelUri"),
            scores,
            isReplaced: true,
            suffix: Suffix
        );
        var compare = steps.Compare(
            [ComparisonInputs.Reason(steps.Prepare), ComparisonInputs.Of("new", fresh)],
            production,
            Suffix
        );
        var verdict = TrainingSteps.Verdict(compare, "new");
        var register = steps.Register($"RegisterNew{Suffix}", "new", train, fresh, verdict, isAlone: true);
        return [train, .. scores, fresh, production, compare, register];
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
