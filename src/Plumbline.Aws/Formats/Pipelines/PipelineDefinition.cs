using System.Text.Json.Nodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>
/// A SageMaker pipeline definition, read and checked: the JSON that the SageMaker Python SDK emits, whoever wrote it.
/// </summary>
/// <param name="Parameters">By name, in the order declared.</param>
/// <param name="Steps">All steps by name, those of branches too, in the order written.</param>
/// <param name="ExperimentConfig">PipelineExperimentConfig with its expressions; null where absent.</param>
public sealed record PipelineDefinition(
    IReadOnlyDictionary<string, ParameterDefinition> Parameters,
    IReadOnlyDictionary<string, StepDefinition> Steps,
    JsonObject? ExperimentConfig
)
{
    /// <summary>The one version of the language.</summary>
    public const string Version = "2020-12-01";

    /// <summary>Reads a definition and checks it as CreatePipeline does.</summary>
    /// <exception cref="PipelineDefinitionException">It is not one.</exception>
    public static PipelineDefinition Read(string json)
    {
        var definition = DefinitionReader.Read(json);
        DependencyCheck.Run(definition);
        ArgumentCheck.Run(definition);
        return definition;
    }
}

/// <summary>A parameter of a pipeline.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">String, Integer, Float or Boolean.</param>
/// <param name="DefaultValue">Its value where StartPipelineExecution gives none; null where it must be given.</param>
/// <param name="EnumValues">The values allowed; empty where it is free.</param>
public sealed record ParameterDefinition(
    string Name,
    ParameterType Type,
    JsonValue? DefaultValue,
    IReadOnlyList<string> EnumValues
);

/// <summary>The types of parameters.</summary>
public enum ParameterType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Float,

    /// <summary>true or false.</summary>
    Boolean,
}
