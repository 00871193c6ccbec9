using System.Text.Json.Nodes;
using static Plumbline.Aws.Formats.Pipelines.DefinitionNodes;

namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>Checks how steps refer to other steps: dependencies, references, property files, cycles.</summary>
internal static class DependencyCheck
{
    public static void Run(PipelineDefinition definition)
    {
        foreach (var step in definition.Steps.Values)
        {
            CheckDependencies(definition, step);
            foreach (var function in Expression.JsonGets(step.Arguments))
            {
                CheckJsonGet(definition, step, function);
            }
        }

        CheckCycles(definition);
    }

    private static void CheckDependencies(PipelineDefinition definition, StepDefinition step)
    {
        foreach (var needed in step.Needs)
        {
            if (!definition.Steps.TryGetValue(needed, out var other))
            {
                throw new PipelineDefinitionException(
                    $"Step [{step.Name}] depends on step [{needed}], which is undefined."
                );
            }

            // AWS's wording for a Fail step. aws/sagemaker-python-sdk issue 3565 reports that a condition step is
            // refused as well; its Outcome may be referred to.
            if (other.Type == StepTypes.Fail || (other.Type == StepTypes.Condition && step.DependsOn.Contains(needed)))
            {
                throw new PipelineDefinitionException($"{step.Name} can not depends on {needed}");
            }
        }
    }

    private static void CheckJsonGet(PipelineDefinition definition, StepDefinition step, JsonObject function)
    {
        CheckKnown(function, ["PropertyFile", "S3Uri", "Path"]);
        var path = Text(function["Path"], "Path");
        if ((function["PropertyFile"] is null) == (function["S3Uri"] is null))
        {
            throw new PipelineDefinitionException(
                $"Std:JsonGet in step [{step.Name}] needs either a PropertyFile or an S3Uri."
            );
        }

        if (function["PropertyFile"] is not { } reference)
        {
            return;
        }

        var get = Text(Object(reference, "PropertyFile")["Get"], "Get");
        if (
            get.Split('.', 4) is not ["Steps", var source, "PropertyFiles", var name]
            || definition.Steps[source] is not { Type: StepTypes.Processing } processing
        )
        {
            throw new PipelineDefinitionException(
                $"Invalid JsonGet function [{path}] in step [{step.Name}]: [{get}] is not a property file of a processing step."
            );
        }

        if (!processing.PropertyFiles.TryGetValue(name, out var file))
        {
            throw new PipelineDefinitionException(
                $"Invalid JsonGet function [{path}] in step [{step.Name}]: property file [{name}] is undefined in step [{source}]."
            );
        }

        if (!OutputNames(processing).Contains(file.OutputName))
        {
            throw new PipelineDefinitionException(
                $"Processing output name [{file.OutputName}] defined in property file [{name}] not found in processing step [{source}]."
            );
        }
    }

    private static IEnumerable<string?> OutputNames(StepDefinition processing) =>
        processing.Arguments["ProcessingOutputConfig"]?["Outputs"] is JsonArray outputs
            ? outputs.Select(output => output?["OutputName"]?.ToString())
            : [];

    private static void CheckCycles(PipelineDefinition definition)
    {
        var done = new HashSet<string>();
        foreach (var step in definition.Steps.Keys)
        {
            Visit(step, []);
        }

        void Visit(string name, List<string> path)
        {
            if (path.Contains(name))
            {
                throw new PipelineDefinitionException(
                    $"Cycle detected in pipeline step graph: {string.Join(" -> ", path.SkipWhile(item => item != name).Append(name).Reverse())}."
                );
            }

            if (!done.Contains(name))
            {
                path.Add(name);
                var step = definition.Steps[name];
                foreach (var needed in step.Branch is { } branch ? step.Needs.Append(branch.Condition) : step.Needs)
                {
                    Visit(needed, path);
                }

                path.RemoveAt(path.Count - 1);
                done.Add(name);
            }
        }
    }
}
