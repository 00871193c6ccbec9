using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;

namespace Plumbline.Loop.Status;

/// <summary>The output of jobs, builds and the endpoint, from CloudWatch Logs.</summary>
public sealed class LoopLogs(LoopContext loop)
{
    /// <summary>The log group of training jobs.</summary>
    public const string TrainingJobs = "/aws/sagemaker/TrainingJobs";

    /// <summary>The log group of processing jobs.</summary>
    public const string ProcessingJobs = "/aws/sagemaker/ProcessingJobs";

    /// <summary>The log group of a step's job and the prefix of its streams; null if the step has no job.</summary>
    /// <remarks>The prefix is from the step's name: a job's ARN is in lower case, its streams are not.</remarks>
    public static (string Group, string Prefix)? OfStep(Execution execution, ExecutionStep step)
    {
        var prefix = $"pipelines-{execution.Id}-{step.Name}-";
        return step.MadeArn?.ResourceType switch
        {
            "training-job" => (TrainingJobs, prefix),
            "processing-job" => (ProcessingJobs, prefix),
            _ => null,
        };
    }

    /// <summary>The prefix of the streams of every job that a pipeline started.</summary>
    private const string OfPipelines = "pipelines-";

    /// <summary>The log group of a build project.</summary>
    public static string OfBuilds(string project) => $"/aws/codebuild/{project}";

    /// <summary>
    /// The output of this project's jobs, in order of time. All projects of an account share the log groups of jobs: a
    /// pipeline's job belongs to the project whose execution started it, and any other job needs a stream prefix.
    /// </summary>
    /// <param name="group">The log group.</param>
    /// <param name="streamPrefix">The prefix of the streams; null for all of the project's.</param>
    /// <param name="filterPattern">CloudWatch's filter pattern; null for all lines.</param>
    public async IAsyncEnumerable<(string Stream, string Message)> TailAsync(
        string group,
        string? streamPrefix,
        string? filterPattern,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var isShared = group is TrainingJobs or ProcessingJobs;
        var own = isShared ? await ExecutionIdsAsync(cancellationToken) : [];
        var input = new JsonObject { ["logGroupName"] = group };
        if ((streamPrefix ?? (isShared ? OfPipelines : null)) is { } prefix)
        {
            input["logStreamNamePrefix"] = prefix;
        }

        if (filterPattern is not null)
        {
            input["filterPattern"] = filterPattern;
        }

        await foreach (var line in loop.Clients.Logs.FilterLogEventsPagedAsync(input, cancellationToken))
        {
            var stream = line.LogStreamName;
            if (
                !isShared
                || !stream.StartsWith(OfPipelines, StringComparison.Ordinal)
                || own.Contains(stream[OfPipelines.Length..].Split('-')[0])
            )
            {
                yield return (stream, line.Message);
            }
        }
    }

    private async Task<HashSet<string>> ExecutionIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        foreach (var pipeline in (string[])[loop.Names.TrainingPipeline, loop.Names.MonitorPipeline])
        {
            var listed = loop.Clients.SageMaker.ListPipelineExecutionsPagedAsync(
                new JsonObject { ["PipelineName"] = pipeline },
                cancellationToken
            );
            try
            {
                await foreach (var one in listed)
                {
                    ids.Add(Arn.NameOf(one.PipelineExecutionArn));
                }
            }
            catch (AwsException missing) when (missing.Status is 400 or 404)
            {
                // The first push creates the pipelines.
            }
        }

        return ids;
    }

    /// <summary>The lines of all streams with this prefix, in order of time; empty if nothing was printed.</summary>
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
            await foreach (var line in loop.Clients.Logs.FilterLogEventsPagedAsync(input, cancellationToken))
            {
                lines.Add(line.Message);
            }
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // Nothing was printed yet.
        }

        return lines;
    }
}
