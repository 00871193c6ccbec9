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

    /// <summary>What an execution may be given.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>The steps of the top level; those of branches stand in their condition step only.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>The experiment that executions are filed under: by default the pipeline's name, as the SageMaker SDK does.</summary>
    public PipelineValue ExperimentName { get; init; } = ExecutionVariable.PipelineName;

    /// <summary>The trial within the experiment: by default the execution's id.</summary>
    public PipelineValue TrialName { get; init; } = ExecutionVariable.PipelineExecutionId;

    /// <summary>The definition that CreatePipeline takes.</summary>
    /// <param name="indented">Whether people will read it.</param>
    /// <exception cref="PipelineDefinitionException">A step is unknown or there twice, steps wait for each other, a property file is not declared, or an argument is not one of AWS's.</exception>
    public string ToDefinition(bool indented = false)
    {
        var definition = new JsonObject
        {
            ["Version"] = PipelineDefinition.Version,
            ["Metadata"] = new JsonObject(),
            ["Parameters"] = new JsonArray([.. Parameters.Select(parameter => parameter.Declaration())]),
            ["PipelineExperimentConfig"] = new JsonObject
            {
                ["ExperimentName"] = ExperimentName.ToJson(),
                ["TrialName"] = TrialName.ToJson(),
            },
            ["Steps"] = new JsonArray([.. Steps.Select(step => step.ToJson())]),
        };
        var json = definition.ToJsonString(indented ? Indented : JsonSerializerOptions.Default);
        PipelineDefinition.Read(json);
        return json;
    }
}
