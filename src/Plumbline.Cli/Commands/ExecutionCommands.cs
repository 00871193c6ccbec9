using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb executions</c> and <c>plumb steps</c>: what the training pipeline did and does.</summary>
internal static class ExecutionCommands
{
    public static Command Executions() =>
        LoopCommand.Create(
            "executions",
            "List the executions of the training pipeline, newest first",
            async (loop, parsed, cancellationToken) =>
            {
                var executions = await ListAsync(loop, cancellationToken);
                Output.Write(
                    parsed,
                    executions,
                    (console, all) =>
                    {
                        var table = Output.Table("execution", "started", "status", "started by");
                        foreach (var one in all)
                        {
                            table.AddRow(
                                IdOf(one.Text("PipelineExecutionArn")!),
                                Output.Time(one.Time("StartTime")),
                                Output.Text(one.Text("PipelineExecutionStatus")),
                                Output.Text(one.Text("PipelineExecutionDisplayName"))
                            );
                        }

                        console.Write(table);
                    }
                );
                return CommandLine.Ok;
            },
            Output.JsonOption()
        );

    public static Command Steps()
    {
        var execution = new Argument<string?>("EXECUTION")
        {
            Description = "The execution's id [default: the newest]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return LoopCommand.Create(
            "steps",
            "Show the steps of an execution",
            async (loop, parsed, cancellationToken) =>
            {
                var arn = await ArnAsync(loop, parsed.GetValue(execution), cancellationToken);
                var steps = new List<JsonObject>();
                var listed = loop.Clients.SageMaker.PageAsync(
                    "ListPipelineExecutionSteps",
                    new JsonObject { ["PipelineExecutionArn"] = arn, ["SortOrder"] = "Ascending" },
                    "PipelineExecutionSteps",
                    cancellationToken
                );
                await foreach (var step in listed)
                {
                    steps.Add(step);
                }

                Output.Write(parsed, steps, WriteSteps);
                return CommandLine.Ok;
            },
            execution,
            Output.JsonOption()
        );
    }

    private static void WriteSteps(Spectre.Console.IAnsiConsole console, List<JsonObject> steps)
    {
        var table = Output.Table("step", "status", "started", "seconds", "result");
        foreach (var step in steps)
        {
            var seconds = step.Time("EndTime") - step.Time("StartTime");
            table.AddRow(
                Output.Text(step.Text("StepName")),
                Output.Text(step.Text("StepStatus")),
                Output.Time(step.Time("StartTime")),
                seconds is { } taken ? $"{taken.TotalSeconds:0.0}" : "",
                Output.Text(step.Text("FailureReason") ?? ResultOf(step))
            );
        }

        console.Write(table);
    }

    private static string ResultOf(JsonObject step)
    {
        var metadata = step.Object("Metadata")?.FirstOrDefault();
        var made = metadata?.Value as JsonObject;
        return made?.Text("Arn")?.Split(':')[^1] ?? made?.Text("Outcome") ?? "";
    }

    private static async Task<List<JsonObject>> ListAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var executions = new List<JsonObject>();
        var listed = loop.Clients.SageMaker.PageAsync(
            "ListPipelineExecutions",
            new JsonObject
            {
                ["PipelineName"] = loop.Names.TrainingPipeline,
                ["SortBy"] = "CreationTime",
                ["SortOrder"] = "Descending",
            },
            "PipelineExecutionSummaries",
            cancellationToken
        );
        await foreach (var execution in listed)
        {
            executions.Add(execution);
        }

        return executions;
    }

    private static async Task<string> ArnAsync(LoopContext loop, string? id, CancellationToken cancellationToken)
    {
        if (id is not null)
        {
            return id.StartsWith("arn:", StringComparison.Ordinal)
                ? id
                : $"{loop.Names.PipelineArn(loop.Names.TrainingPipeline)}/execution/{id}";
        }

        var executions = await ListAsync(loop, cancellationToken);
        return executions.Count > 0
            ? executions[0].Text("PipelineExecutionArn")!
            : throw new Records.UserError(
                loop.Names.TrainingPipeline,
                "nothing was executed yet: `plumb push` starts the first training"
            );
    }

    private static string IdOf(string arn) => arn.Split('/')[^1];
}
