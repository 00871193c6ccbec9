using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

/// <summary>Checks the parameters of StartPipelineExecution, which are text, against their declarations.</summary>
internal static class StartParameters
{
    /// <summary>Checks the given values, and that every parameter without a default has one.</summary>
    public static void Check(PipelineDefinition definition, IEnumerable<Parameter> parameters)
    {
        var given = new HashSet<string>();
        foreach (var parameter in parameters)
        {
            var name = parameter.Name;
            if (!definition.Parameters.TryGetValue(name, out var declared))
            {
                throw SageMakerErrors.Validation($"Parameter [{name}] is not defined in the pipeline definition.");
            }

            if (!given.Add(name))
            {
                throw SageMakerErrors.Validation($"Parameter [{name}] is given more than once.");
            }

            CheckValue(declared, parameter.Value);
        }

        var missing = definition.Parameters.Values.Where(one => one.DefaultValue is null && !given.Contains(one.Name));
        if (missing.FirstOrDefault() is { } first)
        {
            throw SageMakerErrors.Validation(
                $"Parameter [{first.Name}] has no default value, and no value was given for it."
            );
        }
    }

    /// <summary>Converts a text to the declared type. Returns null if the text is not of that type.</summary>
    public static JsonNode? Typed(ParameterType type, string value) =>
        type switch
        {
            ParameterType.Integer => long.TryParse(
                value,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var whole
            )
                ? JsonValue.Create(whole)
                : null,
            ParameterType.Float => double.TryParse(
                value,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var number
            ) && double.IsFinite(number)
                ? JsonValue.Create(number)
                : null,
            // Python's SDK writes True and False.
            ParameterType.Boolean => bool.TryParse(value, out var truth) ? JsonValue.Create(truth) : null,
            _ => JsonValue.Create(value),
        };

    private static void CheckValue(ParameterDefinition declared, string value)
    {
        if (value.Length == 0)
        {
            throw SageMakerErrors.Validation("[string \"\" is too short (length: 0, required minimum: 1)]");
        }

        if (Typed(declared.Type, value) is null)
        {
            throw SageMakerErrors.Validation(
                $"The value [{value}] of parameter [{declared.Name}] is not of type [{declared.Type}]."
            );
        }

        if (declared.EnumValues.Count > 0 && !declared.EnumValues.Contains(value))
        {
            throw SageMakerErrors.Validation(
                $"The value [{value}] of parameter [{declared.Name}] is not one of [{string.Join(", ", declared.EnumValues)}]."
            );
        }
    }
}
