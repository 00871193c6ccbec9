using System.Text.Json.Nodes;
using Plumbline.Pipelines.Steps;

namespace Plumbline.Pipelines.Tests;

/// <summary>SageMaker Experiments, which some regions lack.</summary>
public sealed class ExperimentTests
{
    [Fact]
    public void A_definition_names_an_experiment_only_where_its_author_does()
    {
        var step = new FailStep("Stop") { ErrorMessage = "Enough." };

        JsonNode
            .Parse(new Pipeline { Steps = [step] }.ToDefinition())!
            .AsObject()
            .ContainsKey("PipelineExperimentConfig")
            .ShouldBeFalse();
        JsonNode.Parse(new Pipeline { Experiment = PipelineExperiment.OfThePipeline, Steps = [step] }.ToDefinition())![
            "PipelineExperimentConfig"
        ]!
            .ToJsonString()
            .ShouldBe(
                """{"ExperimentName":{"Get":"Execution.PipelineName"},"TrialName":{"Get":"Execution.PipelineExecutionId"}}"""
            );
    }
}
