using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Training;

namespace Plumbline.Loop;

/// <summary>What jobs, builds and the endpoint printed, as CloudWatch Logs has it.</summary>
public sealed class LoopLogs(LoopContext loop)
{
    /// <summary>The log group of training jobs.</summary>
    public const string TrainingJobs = "/aws/sagemaker/TrainingJobs";

    /// <summary>The log group of processing jobs.</summary>
    public const string ProcessingJobs = "/aws/sagemaker/ProcessingJobs";

    /// <summary>The log group of a step's job, and how its streams begin; null where the step has no job.</summary>
    /// <remarks>A job's ARN is in lower case and its streams are not: their name follows from the step's.</remarks>
    public static (string Group, string Prefix)? OfStep(Execution execution, ExecutionStep step)
    {
        var prefix = $"pipelines-{execution.Id}-{step.Name}-";
        return step.Made?.Split(':')[^1].Split('/')[0] switch
        {
            "training-job" => (TrainingJobs, prefix),
            "processing-job" => (ProcessingJobs, prefix),
            _ => null,
        };
    }

    /// <summary>The log group of a build project.</summary>
    public static string OfBuilds(string project) => $"/aws/codebuild/{project}";

    /// <summary>The lines of all streams that begin so, in order of time; none where nothing was printed.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(
        string group,
        string? streamPrefix,
        CancellationToken cancellationToken = default
    )
    {
        var input = new JsonObject { ["logGroupName"] = group };
        if (streamPrefix is not null)
        {
            input["logStreamNamePrefix"] = streamPrefix;
        }

        var lines = new List<string>();
        try
        {
            await foreach (
                var line in loop.Clients.Logs.PageAsync("FilterLogEvents", input, "events", cancellationToken)
            )
            {
                lines.Add(line.Text("message")!);
            }
        }
        catch (AwsException missing) when (missing.Code == "ResourceNotFoundException")
        {
            // Nothing was printed yet.
        }

        return lines;
    }
}
