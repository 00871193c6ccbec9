using Plumbline.Pipelines.Steps;

namespace Plumbline.Loop.Training;

/// <summary>The inputs of the step that compares models.</summary>
internal static class ComparisonInputs
{
    private const string Input = "/opt/ml/processing/input";

    /// <summary>The evaluation of a model.</summary>
    public static ProcessingInput Of(string role, ProcessingStep evaluation) =>
        new(role, evaluation.OutputUri("evaluation"), $"{Input}/{role}");

    /// <summary>The reason without an old candidate, which prepare has.</summary>
    public static ProcessingInput Reason(ProcessingStep prepare) =>
        new("prepare", prepare.OutputUri("prepare"), $"{Input}/prepare");
}
