using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

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

    public async Task<JsonObject> CreateProcessingJob(AwsCall call)
    {
        ProcessingJobRules.Check(call.Input);
        var arn = await jobs.CreateAsync(ProcessingJobRules.WithDefaults(call.Input));
        runner.Begin(call.Input.Text("ProcessingJobName")!);
        return new JsonObject { ["ProcessingJobArn"] = arn };
    }

    public Task<JsonObject> DescribeProcessingJob(AwsCall call) => Task.FromResult(jobs.Describe(Name(call)));

    public Task<JsonObject> ListProcessingJobs(AwsCall call) => Task.FromResult(Listing.Page(call.Input, jobs.List()));

    public async Task<JsonObject> StopProcessingJob(AwsCall call)
    {
        await jobs.StopAsync(Name(call));
        runner.Stop(Name(call));
        return [];
    }

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
