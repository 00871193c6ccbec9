using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Plumbline.Aws.Formats.Pipelines.DefinitionNodes;

namespace Plumbline.Aws.Formats.Pipelines;

internal static partial class StepReader
{
    private static readonly string[] Known =
    [
        "Name",
        "Type",
        "Arguments",
        "DependsOn",
        "DisplayName",
        "Description",
        "RetryPolicies",
        "CacheConfig",
        "PropertyFiles",
    ];

    public static StepDefinition Read(JsonObject tree, StepBranch? branch)
    {
        var name = Text(tree["Name"], "Name");
        if (!StepName.IsMatch(name))
        {
            throw PipelineDefinitionException.Unparsable(
                $"Model Validation failed: Value '{name}' for 'StepName' failed to satisfy regular expression pattern: {StepName}"
            );
        }

        var type = Text(tree["Type"], "Type");
        if (StepTypes.CreateOperation(type) is not null || type is StepTypes.Condition or StepTypes.Fail)
        {
            CheckKnown(tree, Known);
        }

        var arguments = tree["Arguments"] is { } node ? (JsonObject)Object(node, "Arguments").DeepClone() : [];
        arguments.Remove("IfSteps");
        arguments.Remove("ElseSteps");
        var dependsOn = Texts(tree["DependsOn"], "DependsOn");
        var referenced = Expression.References(arguments).Select(Expression.StepOf).OfType<(string Step, string)>();
        return new StepDefinition
        {
            Name = name,
            Type = type,
            Arguments = arguments,
            DisplayName = OptionalText(tree["DisplayName"], "DisplayName"),
            Description = OptionalText(tree["Description"], "Description"),
            DependsOn = dependsOn,
            PropertyFiles = PropertyFiles(tree["PropertyFiles"]),
            RetryPolicies =
            [
                .. (tree["RetryPolicies"] is { } policies ? Array(policies, "RetryPolicies") : []).Select(policy =>
                    RetryPolicy(Object(policy, "RetryPolicies"))
                ),
            ],
            Branch = branch,
            Needs = dependsOn.Concat(referenced.Select(reference => reference.Step)).ToHashSet(),
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-_]{1,64}\z")]
    private static partial Regex StepName { get; }

    private static Dictionary<string, PropertyFileDefinition> PropertyFiles(JsonNode? list)
    {
        var files = new Dictionary<string, PropertyFileDefinition>();
        foreach (var node in list is null ? [] : Array(list, "PropertyFiles"))
        {
            var tree = Object(node, "PropertyFiles");
            CheckKnown(tree, ["PropertyFileName", "OutputName", "FilePath"]);
            var name = Text(tree["PropertyFileName"], "PropertyFileName");
            files[name] = new PropertyFileDefinition(
                Text(tree["OutputName"], "OutputName"),
                Text(tree["FilePath"], "FilePath")
            );
        }

        return files;
    }

    // AWS's published schema has ExceptionType as a string; its SDK writes a list. Both are accepted.
    private static RetryPolicyDefinition RetryPolicy(JsonObject tree)
    {
        CheckKnown(tree, ["ExceptionType", "IntervalSeconds", "BackoffRate", "MaxAttempts", "ExpireAfterMin"]);
        var attempts = Within(Number(tree["MaxAttempts"], "MaxAttempts"), 1, 20, "MaxAttempts");
        var expiry = Within(Number(tree["ExpireAfterMin"], "ExpireAfterMin"), 0, 14_400, "ExpireAfterMin");
        return new RetryPolicyDefinition(
            tree["ExceptionType"] is JsonArray
                ? Texts(tree["ExceptionType"], "ExceptionType")
                : [Text(tree["ExceptionType"], "ExceptionType")],
            Within(Number(tree["IntervalSeconds"], "IntervalSeconds"), 0, 43_200, "IntervalSeconds") ?? 1,
            Within(Number(tree["BackoffRate"], "BackoffRate"), 0, double.MaxValue, "BackoffRate") ?? 2,
            (int?)(attempts ?? (expiry is null ? 5 : null)),
            (int?)expiry
        );
    }

    private static double? Within(double? value, double least, double most, string place) =>
        value is null || (value >= least && value <= most)
            ? value
            : throw PipelineDefinitionException.Unparsable(
                $"Model Validation failed: Value '{value}' for '{place}' must be between {least} and {most}"
            );
}
