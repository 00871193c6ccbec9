using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

/// <summary>Processing jobs.</summary>
internal sealed class ProcessingJobApi(ProcessingJobStore jobs, ProcessingJobRunner runner)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "ProcessingJobSummaries",
        NameMember = "ProcessingJobName",
        StatusMember = "ProcessingJobStatus",
        Summary = Summary,
        DescendingByDefault = false,
    };

    /// <summary>AWS's CreateProcessingJob.</summary>
    public async Task<JsonObject> CreateProcessingJob(AwsCall call)
    {
        ProcessingJobRules.Check(call.Input);
        var arn = await jobs.CreateAsync(ProcessingJobRules.WithDefaults(call.Input));
        runner.Begin(call.Input.Text("ProcessingJobName")!);
        return new JsonObject { ["ProcessingJobArn"] = arn };
    }

    /// <summary>AWS's DescribeProcessingJob.</summary>
    public Task<JsonObject> DescribeProcessingJob(AwsCall call) => Task.FromResult(jobs.Describe(Name(call)));

    /// <summary>AWS's ListProcessingJobs.</summary>
    public Task<JsonObject> ListProcessingJobs(AwsCall call) => Task.FromResult(Listing.Page(call.Input, jobs.List()));

    /// <summary>AWS's StopProcessingJob.</summary>
    public async Task<JsonObject> StopProcessingJob(AwsCall call)
    {
        await jobs.StopAsync(Name(call));
        runner.Stop(Name(call));
        return [];
    }

    /// <summary>AWS's DeleteProcessingJob.</summary>
    public async Task<JsonObject> DeleteProcessingJob(AwsCall call)
    {
        await jobs.DeleteAsync(Name(call));
        return [];
    }

    private static string Name(AwsCall call) => call.Input.Text("ProcessingJobName")!;

    private static JsonObject Summary(Document document)
    {
        var summary = new JsonObject();
        foreach (
            var member in (string[])
                [
                    "ProcessingJobName",
                    "ProcessingJobArn",
                    "CreationTime",
                    "ProcessingEndTime",
                    "ProcessingJobStatus",
                    "FailureReason",
                    "ExitMessage",
                ]
        )
        {
            summary[member] = document.Tree[member]?.DeepClone();
        }

        summary["LastModifiedTime"] = document.Modified / 1000.0;
        return summary;
    }
}
