using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>The news of a step outside, told to its execution.</summary>
/// <param name="Step">The step's name.</param>
internal abstract record StepNews(string Step);

/// <summary>The resource that the step makes is there.</summary>
internal sealed record StepMade(string Step, string Arn) : StepNews(Step);

/// <summary>SageMaker refused to make it.</summary>
internal sealed record StepRefused(string Step, string Operation, AwsException Refusal) : StepNews(Step);

/// <summary>It has come to an end.</summary>
internal sealed record StepEnded(string Step, string Status, string? Reason, JsonObject? Described) : StepNews(Step);
