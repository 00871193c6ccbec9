using System.Text.Json;
using System.Text.Json.Nodes;
using static Plumbline.Aws.Formats.Pipelines.DefinitionNodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>Reads a definition's parts; checks that need several parts run afterwards.</summary>
internal sealed class DefinitionReader
{
    private static readonly string[] Known =
    [
        "Version",
        "Metadata",
        "Parameters",
        "PipelineExperimentConfig",
        "MlflowConfig",
        "MLflowConfig",
        "Steps",
    ];

    private readonly OrderedDictionary<string, StepDefinition> steps = [];

    public static PipelineDefinition Read(string json)
    {
        var root = Object(Parse(json), "the definition");
        CheckKnown(root, Known);
        if (root["Version"] is { } version && Text(version, "Version") != PipelineDefinition.Version)
        {
            throw PipelineDefinitionException.Unparsable(
                $"The version '{version}' is not supported, only '{PipelineDefinition.Version}' is."
            );
        }

        var reader = new DefinitionReader();
        reader.ReadSteps(root["Steps"] ?? throw PipelineDefinitionException.Unparsable("'Steps' is missing."), null);
        return new PipelineDefinition(
            ParameterReader.Read(root["Parameters"]),
            reader.steps,
            root["PipelineExperimentConfig"] is { } experiment ? Object(experiment, "PipelineExperimentConfig") : null
        );
    }

    private static JsonNode? Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw PipelineDefinitionException.Unparsable(exception.Message, exception);
        }
    }

    private void ReadSteps(JsonNode? list, StepBranch? branch)
    {
        foreach (var node in Array(list, "Steps"))
        {
            var step = StepReader.Read(Object(node, "Steps"), branch);
            if (!steps.TryAdd(step.Name, step))
            {
                throw new PipelineDefinitionException(
                    $"Pipeline steps cannot have duplicate names. [{step.Name}] is there more than once."
                );
            }

            if (step.Type == StepTypes.Condition)
            {
                var arguments = Object(node!["Arguments"], "Arguments");
                ReadSteps(arguments["IfSteps"] ?? new JsonArray(), new StepBranch(step.Name, true));
                ReadSteps(arguments["ElseSteps"] ?? new JsonArray(), new StepBranch(step.Name, false));
            }
        }
    }
}
