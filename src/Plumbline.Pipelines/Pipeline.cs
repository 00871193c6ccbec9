using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines;

/// <summary>A SageMaker pipeline, written in C#.</summary>
public sealed record Pipeline
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The parameters that an execution may set.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>The steps of the top level; the steps of branches are only in their condition step.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>
    /// The experiment that executions are filed under; null for none. In a region without SageMaker Experiments, an
    /// execution of a pipeline that names one ends with an internal error.
    /// </summary>
    public PipelineExperiment? Experiment { get; init; }

    /// <summary>The definition that CreatePipeline takes.</summary>
    /// <param name="indented">True to indent the JSON for people.</param>
    /// <exception cref="PipelineDefinitionException">A step, a property file or an argument is invalid.</exception>
    public string ToDefinition(bool indented = false)
    {
        var definition = new JsonObject
        {
            ["Version"] = PipelineDefinition.Version,
            ["Metadata"] = new JsonObject(),
            ["Parameters"] = new JsonArray([.. Parameters.Select(parameter => parameter.Declaration())]),
        };
        if (Experiment is not null)
        {
            definition["PipelineExperimentConfig"] = new JsonObject
            {
                ["ExperimentName"] = Experiment.Name.ToJson(),
                ["TrialName"] = Experiment.Trial.ToJson(),
            };
        }

        definition["Steps"] = new JsonArray([.. Steps.Select(step => step.ToJson())]);
        var json = definition.ToJsonString(indented ? Indented : JsonSerializerOptions.Default);
        PipelineDefinition.Read(json);
        return json;
    }
}

/// <summary>A place in SageMaker Experiments.</summary>
/// <param name="Name">The experiment.</param>
/// <param name="Trial">The trial within it.</param>
public sealed record PipelineExperiment(PipelineValue Name, PipelineValue Trial)
{
    /// <summary>The pipeline's name and the execution's id, as the SageMaker SDK files executions.</summary>
    public static PipelineExperiment OfThePipeline { get; } =
        new(ExecutionVariable.PipelineName, ExecutionVariable.PipelineExecutionId);
}
