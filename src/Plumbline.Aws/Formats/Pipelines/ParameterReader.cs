using System.Text.Json;
using System.Text.Json.Nodes;
using static Plumbline.Aws.Formats.Pipelines.DefinitionNodes;

namespace Plumbline.Aws.Formats.Pipelines;

internal static class ParameterReader
{
    private static readonly string[] Known = ["Name", "Type", "Description", "DefaultValue", "EnumValues"];

    public static OrderedDictionary<string, ParameterDefinition> Read(JsonNode? list)
    {
        var parameters = new OrderedDictionary<string, ParameterDefinition>();
        foreach (var node in list is null ? [] : Array(list, "Parameters"))
        {
            var parameter = ReadOne(Object(node, "Parameters"));
            if (!parameters.TryAdd(parameter.Name, parameter))
            {
                throw new PipelineDefinitionException(
                    $"Pipeline parameters cannot have duplicate names. [{parameter.Name}] is there more than once."
                );
            }
        }

        return parameters;
    }

    private static ParameterDefinition ReadOne(JsonObject tree)
    {
        CheckKnown(tree, Known);
        var name = Text(tree["Name"], "Name");
        var typeName = Text(tree["Type"], "Type");
        if (!Enum.TryParse<ParameterType>(typeName, out var type) || !Enum.IsDefined(type))
        {
            throw PipelineDefinitionException.Unparsable($"The parameter '{name}' has the unknown type '{typeName}'.");
        }

        var allowed = Texts(tree["EnumValues"], "EnumValues");
        var value = tree["DefaultValue"];
        if (value is not null && (!Fits(value, type) || (allowed.Count > 0 && !allowed.Contains(value.ToString()))))
        {
            throw new PipelineDefinitionException(
                $"The default value {value.ToJsonString()} of the parameter [{name}] is not of type [{type}]"
                    + (allowed.Count > 0 ? $", or not one of [{string.Join(", ", allowed)}]." : ".")
            );
        }

        return new ParameterDefinition(name, type, value?.AsValue(), allowed);
    }

    private static bool Fits(JsonNode value, ParameterType type) =>
        (value.GetValueKind(), type) switch
        {
            (JsonValueKind.String, ParameterType.String) => true,
            (JsonValueKind.Number, ParameterType.Integer) => value.AsValue().TryGetValue<long>(out _),
            (JsonValueKind.Number, ParameterType.Float) => true,
            (JsonValueKind.True or JsonValueKind.False, ParameterType.Boolean) => true,
            _ => false,
        };
}
