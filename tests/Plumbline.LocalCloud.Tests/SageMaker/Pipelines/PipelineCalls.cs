using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Protocols;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>Calls pipelines over the wire, like a client.</summary>
internal sealed class PipelineCalls(RunningCloud cloud)
{
    public const string Role = "arn:aws:iam::000000000000:role/pipeline-role";

    private readonly SageMakerClient client = new(cloud.Connect());

    public Task<JsonObject> CallAsync(string operation, object input) =>
        client.CallAsync(operation, JsonSerializer.SerializeToNode(input)!.AsObject(), CancellationToken.None);

    public Task<JsonObject> CreateAsync(string name, string definition) =>
        CallAsync(
            "CreatePipeline",
            new
            {
                PipelineName = name,
                PipelineDefinition = definition,
                RoleArn = Role,
            }
        );

    public async Task<string> StartAsync(string name, params (string Name, string Value)[] parameters)
    {
        var answer = await CallAsync(
            "StartPipelineExecution",
            new
            {
                PipelineName = name,
                PipelineParameters = parameters.Select(one => new { one.Name, one.Value }).ToArray(),
            }
        );
        return answer.Text("PipelineExecutionArn")!;
    }

    /// <summary>Waits for the execution's end and returns its description.</summary>
    public Task<JsonObject> EndAsync(string arn) =>
        Eventually.Async(
            () => CallAsync("DescribePipelineExecution", new { PipelineExecutionArn = arn }),
            execution => execution.Text("PipelineExecutionStatus") is "Succeeded" or "Failed" or "Stopped"
        );

    /// <summary>The started steps, by name.</summary>
    public async Task<Dictionary<string, JsonObject>> StepsAsync(string arn) =>
        (await CallAsync("ListPipelineExecutionSteps", new { PipelineExecutionArn = arn, SortOrder = "Ascending" }))
            .Objects("PipelineExecutionSteps")
            .ToDictionary(step => step.Text("StepName")!);

    /// <summary>Creates and starts a pipeline; returns status and steps after its end.</summary>
    public async Task<(string Status, Dictionary<string, JsonObject> Steps)> RunAsync(
        string name,
        string definition,
        params (string Name, string Value)[] parameters
    )
    {
        await CreateAsync(name, definition);
        var arn = await StartAsync(name, parameters);
        var end = await EndAsync(arn);
        return (end.Text("PipelineExecutionStatus")!, await StepsAsync(arn));
    }
}
