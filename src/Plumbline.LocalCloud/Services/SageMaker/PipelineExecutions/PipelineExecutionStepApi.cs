using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions;

internal sealed class PipelineExecutionStepApi(PipelineExecutionStore executions)
{
    private const int DefaultPage = 100;

    /// <summary>Lists only steps that have started, by default the newest first.</summary>
    public Task<JsonObject> ListPipelineExecutionSteps(AwsCall call)
    {
        var request = new ListPipelineExecutionStepsRequest(call.Input);
        var arn =
            request.PipelineExecutionArn ?? throw SageMakerErrors.Validation("PipelineExecutionArn must be given.");
        var definition = PipelineDefinition.Read(executions.DefinitionOf(arn));
        var steps = executions.StepsOf(arn).Select(step => Summary(step, definition.Steps[step.Name]));
        return Task.FromResult(
            Page(
                request.NextToken,
                request.MaxResults,
                "PipelineExecutionSteps",
                request.SortOrder == SortOrder.Ascending ? steps : steps.Reverse()
            )
        );
    }

    /// <summary>Lists every parameter with its given or default value.</summary>
    public Task<JsonObject> ListPipelineParametersForExecution(AwsCall call)
    {
        var request = new ListPipelineParametersForExecutionRequest(call.Input);
        var execution = executions.Find(request.PipelineExecutionArn);
        var parameters = PipelineDefinition
            .Read(executions.DefinitionOf(execution.Arn))
            .Parameters.Values.Select(parameter => new JsonObject
            {
                ["Name"] = parameter.Name,
                ["Value"] =
                    execution.State.Parameters.GetValueOrDefault(parameter.Name) ?? parameter.DefaultValue?.ToString(),
            });
        return Task.FromResult(Page(request.NextToken, request.MaxResults, "PipelineParameters", parameters));
    }

    private static JsonObject Summary(StepRecord record, StepDefinition step) =>
        record.ToSummary(step.DisplayName, step.Description);

    // A position is good enough as a token: a step that starts between two pages only makes one step appear twice.
    private static JsonObject Page(string? token, int? maxResults, string member, IEnumerable<JsonObject> items)
    {
        var start = 0;
        if (token is { Length: > 0 } && (!int.TryParse(token, out start) || start < 0))
        {
            throw SageMakerErrors.Validation($"Invalid NextToken: {token}");
        }

        return ListPage.Of(member, items.Skip(start), start, maxResults ?? DefaultPage);
    }
}
