using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.Loop.Status;
using Plumbline.Loop.Training;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.People;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Runs;

/// <summary>Shows executions of the training pipeline, builds, and their output; starts and stops trainings.</summary>
internal static class RunPages
{
    private const int ShownBuilds = 20;

    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{project}/runs", ListAsync);
        routes.MapGet("/{project}/runs/{id}", ExecutionAsync);
        routes.MapGet("/{project}/runs/{id}/steps/{step}", StepAsync);
        routes.MapGet("/{project}/builds/{build}", BuildAsync);
        routes.MapPost("/{project}/runs", StartAsync).RequireAuthorization(Roles.Approver);
        routes.MapPost("/{project}/runs/{id}/stop", StopAsync).RequireAuthorization(Roles.Approver);
    }

    private static async Task<IResult> ListAsync(
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var history = await loop.History.ReadAsync(cancellationToken: cancellationToken);
        return frame.Render<RunsPage>(
            new
            {
                Executions = await new Executions(loop).ListAsync(cancellationToken),
                Builds = await BuildRow.ListAsync(loop, ShownBuilds, cancellationToken),
                Decisions = history.Where(entry => entry.Act.What == "retrain").Reverse().Take(ShownBuilds).ToList(),
            }
        );
    }

    private static async Task<IResult> ExecutionAsync(
        string id,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var executions = new Executions(loop);
        var execution = await FindAsync(executions, id, cancellationToken);
        var steps = await executions.StepsAsync(execution.Arn, cancellationToken);
        return frame.Render<RunPage>(
            new
            {
                Execution = execution,
                Graph = StepGraph.Of(
                    await executions.DefinitionAsync(execution.Arn, cancellationToken),
                    steps,
                    execution
                ),
                Curves = await TrainingCurve.ReadAsync(loop, execution, steps, cancellationToken),
            }
        );
    }

    private static async Task<IResult> StepAsync(
        string id,
        string step,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var executions = new Executions(loop);
        var execution = await FindAsync(executions, id, cancellationToken);
        var steps = await executions.StepsAsync(execution.Arn, cancellationToken);
        var found = steps.FirstOrDefault(one => one.Name == step) ?? throw PageException.NotFound($"The step '{step}'");
        var lines = LoopLogs.OfStep(execution, found) is var (group, prefix)
            ? await new LoopLogs(loop).ReadAsync(group, prefix, cancellationToken)
            : [];
        return frame.Render<LogPage>(
            new
            {
                Heading = $"{step}: output",
                Status = found.Status,
                Reason = found.FailureReason,
                Running = execution.IsRunning && found.Ended is null,
                Lines = lines,
                Back = $"/{frame.Project}/runs/{id}",
            }
        );
    }

    private static async Task<IResult> BuildAsync(
        string build,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var found =
            (await BuildRow.ListAsync(loop, int.MaxValue, cancellationToken)).FirstOrDefault(one => one.Uuid == build)
            ?? throw PageException.NotFound($"The build '{build}'");
        return frame.Render<LogPage>(
            new
            {
                Heading = $"Build {found.Number} of {found.Project}",
                Status = found.Status,
                Reason = found.Failure,
                Running = found.Status == StatusType.InProgress,
                Lines = await new LoopLogs(loop).ReadAsync(
                    LoopLogs.OfBuilds(found.Project),
                    found.Uuid,
                    cancellationToken
                ),
                Back = $"/{frame.Project}/runs",
            }
        );
    }

    /// <summary>Starts a training as an alarm does: by a build that asks the governor.</summary>
    private static async Task<IResult> StartAsync(
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        await loop.Clients.CodeBuild.StartBuildAsync(
            new JsonObject
            {
                ["projectName"] = loop.Names.BuildProject,
                ["environmentVariablesOverride"] = new JsonArray(
                    new JsonObject { ["name"] = "TRIGGER", ["value"] = "hand" }
                ),
            },
            cancellationToken
        );
        return PageFrame.Done(
            context,
            $"/{frame.Project}/runs",
            "A build was started; it asks for a training. The decision will be shown below."
        );
    }

    private static async Task<IResult> StopAsync(
        string id,
        HttpContext context,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var execution = await FindAsync(new Executions(loop), id, cancellationToken);
        var act = await loop.History.BeginAsync("stop", $"execution {id}", null, cancellationToken: cancellationToken);
        await loop.History.DoAsync(
            act,
            () =>
                loop.Clients.SageMaker.StopPipelineExecutionAsync(
                    new JsonObject { ["PipelineExecutionArn"] = execution.Arn },
                    cancellationToken
                ),
            _ => ("done", $"{execution.Arn} is being stopped."),
            cancellationToken
        );
        return PageFrame.Done(context, $"/{frame.Project}/runs/{id}", "The execution is being stopped.");
    }

    private static async Task<Execution> FindAsync(
        Executions executions,
        string id,
        CancellationToken cancellationToken
    ) => await executions.FindAsync(id, cancellationToken) ?? throw PageException.NotFound($"The execution '{id}'");
}
