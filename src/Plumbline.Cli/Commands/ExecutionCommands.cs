using System.CommandLine;
using Plumbline.Aws.Arns;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb executions</c> and <c>plumb steps</c>: the executions of the training pipeline.</summary>
internal static class ExecutionCommands
{
    public static Command Executions() =>
        LoopCommand.Create(
            "executions",
            "List the executions of the training pipeline, newest first",
            async (loop, parsed, cancellationToken) =>
            {
                var executions = await new Executions(loop).ListAsync(cancellationToken);
                Output.Write(parsed, executions, WriteExecutions);
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
                var executions = new Executions(loop);
                var arn = parsed.GetValue(execution) is { } id
                    ? executions.ArnOf(Arn.NameOf(id))
                    : await NewestAsync(executions, loop.Names.TrainingPipeline, cancellationToken);
                Output.Write(parsed, await executions.StepsAsync(arn, cancellationToken), WriteSteps);
                return CommandLine.Ok;
            },
            execution,
            Output.JsonOption()
        );
    }

    private static void WriteExecutions(IAnsiConsole console, IReadOnlyList<Execution> executions)
    {
        var table = Output.Table("execution", "started", "status", "started by");
        foreach (var one in executions)
        {
            table.AddRow(one.Id, Output.Time(one.Started), Output.Text(one.Status), Output.Text(one.Name));
        }

        console.Write(table);
    }

    private static void WriteSteps(IAnsiConsole console, IReadOnlyList<ExecutionStep> steps)
    {
        var table = Output.Table("step", "status", "started", "seconds", "result");
        foreach (var step in steps)
        {
            var seconds = step.Ended - step.Started;
            table.AddRow(
                Output.Text(step.Name),
                Output.Text(step.Status),
                Output.Time(step.Started),
                seconds is { } taken ? $"{taken.TotalSeconds:0.0}" : "",
                Output.Text(step.FailureReason ?? step.MadeArn?.Resource ?? step.Outcome ?? "")
            );
        }

        console.Write(table);
    }

    private static async Task<string> NewestAsync(
        Executions executions,
        string pipeline,
        CancellationToken cancellationToken
    ) =>
        await executions.ListAsync(cancellationToken) is [var newest, ..]
            ? newest.Arn
            : throw new UserError(pipeline, "has no executions yet: `plumb push` starts the first training");
}
