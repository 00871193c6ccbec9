using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

/// <summary>A change that a step's follower reports to its execution.</summary>
/// <param name="Step">The step's name.</param>
internal abstract record StepNews(string Step);

/// <summary>The step's resource exists.</summary>
internal sealed record StepMade(string Step, string Arn) : StepNews(Step);

/// <summary>SageMaker refused to create the step's resource.</summary>
internal sealed record StepRefused(string Step, string Operation, AwsException Refusal) : StepNews(Step);

/// <summary>The step's resource has ended, or the step was stopped before its resource existed.</summary>
internal sealed record StepEnded(string Step, string Status, string? Reason, JsonObject? Described) : StepNews(Step);
