using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>A SageMaker pipeline definition, read and checked: the JSON that the SageMaker Python SDK writes.</summary>
/// <param name="Parameters">By name, in the order declared.</param>
/// <param name="Steps">All steps by name, those of branches too, in the order of the definition.</param>
/// <param name="ExperimentConfig">PipelineExperimentConfig with its expressions; null if absent.</param>
public sealed record PipelineDefinition(
    IReadOnlyDictionary<string, ParameterDefinition> Parameters,
    IReadOnlyDictionary<string, StepDefinition> Steps,
    JsonObject? ExperimentConfig
)
{
    /// <summary>The only version of the definition language.</summary>
    public const string Version = "2020-12-01";

    /// <summary>Reads a definition and checks it as CreatePipeline does.</summary>
    /// <exception cref="PipelineDefinitionException">The definition is invalid.</exception>
    public static PipelineDefinition Read(string json)
    {
        var definition = DefinitionReader.Read(json);
        DependencyCheck.Run(definition);
        ArgumentCheck.Run(definition);
        return definition;
    }
}

/// <param name="Type">String, Integer, Float or Boolean.</param>
/// <param name="DefaultValue">
/// The value if StartPipelineExecution gives none; null makes the parameter required.
/// </param>
/// <param name="EnumValues">The allowed values; empty allows any.</param>
public sealed record ParameterDefinition(
    string Name,
    ParameterType Type,
    JsonValue? DefaultValue,
    IReadOnlyList<string> EnumValues
);

public enum ParameterType
{
    String,

    Integer,

    Float,

    Boolean,
}
