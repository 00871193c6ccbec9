using Plumbline.Pipelines.Steps;

namespace Plumbline.Loop.Training;

/// <summary>The inputs of the step that compares models.</summary>
internal static class ComparisonInputs
{
    /// <summary>The evaluation of a model.</summary>
    public static ProcessingInput Of(string role, ProcessingStep evaluation) =>
        new(role, evaluation.OutputUri("evaluation"), $"{TrainingSteps.Input}/{role}");

    /// <summary>The reason without an old candidate, which prepare has.</summary>
    public static ProcessingInput Reason(ProcessingStep prepare) =>
        new("prepare", prepare.OutputUri("prepare"), $"{TrainingSteps.Input}/prepare");
}
