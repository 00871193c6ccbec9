using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Events;

public sealed class PipelineTargetTests(RunningCloud running) : EventCalls(running), IClassFixture<RunningCloud>
{
    private const string Role = "arn:aws:iam::000000000000:role/digits-events";

    [Fact]
    public async Task A_pipeline_is_started_once_for_an_event_with_parameters_from_it()
    {
        await cloud.CallAsync(
            "sagemaker",
            "CreatePipeline",
            new
            {
                PipelineName = "set-off",
                RoleArn = Role,
                PipelineDefinition = """
                {"Version":"2020-12-01","Metadata":{},"Parameters":[
                  {"Name":"Trigger","Type":"String","DefaultValue":"none"},
                  {"Name":"Commit","Type":"String","DefaultValue":"none"},
                  {"Name":"Other","Type":"String","DefaultValue":"default"}],
                 "Steps":[{"Name":"End","Type":"Fail","Arguments":{"ErrorMessage":"told"}}]}
                """,
            }
        );
        await cloud.CallAsync(
            "events",
            "PutRule",
            new { Name = "set-off", EventPattern = """{"source":["set-off"]}""" }
        );
        await cloud.CallAsync(
            "events",
            "PutTargets",
            new
            {
                Rule = "set-off",
                Targets = new[]
                {
                    new
                    {
                        Id = "p",
                        Arn = "arn:aws:sagemaker:us-east-1:000000000000:pipeline/set-off",
                        RoleArn = Role,
                        SageMakerPipelineParameters = new
                        {
                            PipelineParameterList = new[]
                            {
                                new { Name = "Trigger", Value = "push" },
                                new { Name = "Commit", Value = "$.detail.commitId" },
                                new { Name = "Other", Value = "$.detail.missing" },
                            },
                        },
                    },
                },
            }
        );

        var put = await PutAsync(Entry("set-off", new { commitId = "c0ffee" }));
        var arn = (await ExecutionsAsync(1)).Single().Text("PipelineExecutionArn");

        // As if the local cloud had died after the pipeline was started and before the delivery was marked as done.
        var rule = await cloud.CallAsync("events", "ListTargetsByRule", new { Rule = "set-off" });
        await DeliverAgainAsync(
            "set-off",
            rule.Objects("Targets").Single(),
            new JsonObject { ["id"] = put.Objects("Entries").Single().Text("EventId") }
        );
        await PutAsync(Entry("set-off", new { commitId = "another" }));
        (await ExecutionsAsync(2)).Count.ShouldBe(2);
        var parameters = await cloud.CallAsync(
            "sagemaker",
            "ListPipelineParametersForExecution",
            new { PipelineExecutionArn = arn }
        );
        parameters
            .Objects("PipelineParameters")
            .ToDictionary(parameter => parameter.Text("Name")!, parameter => parameter.Text("Value"))
            .ShouldBe(
                new Dictionary<string, string?>
                {
                    ["Trigger"] = "push",
                    ["Commit"] = "c0ffee",
                    ["Other"] = "default",
                },
                ignoreOrder: true
            );
    }

    private async Task<List<JsonObject>> ExecutionsAsync(int count)
    {
        var answer = await Eventually.Async(
            () => cloud.CallAsync("sagemaker", "ListPipelineExecutions", new { PipelineName = "set-off" }),
            executions => executions.Objects("PipelineExecutionSummaries").Count() >= count
        );
        return [.. answer.Objects("PipelineExecutionSummaries")];
    }
}
