using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

internal sealed class ProcessingJobApi(ProcessingJobStore jobs, ProcessingJobRunner runner)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "ProcessingJobSummaries",
        NameMember = "ProcessingJobName",
        StatusMember = "ProcessingJobStatus",
        Summary = document =>
            Listing.Members(
                document,
                "ProcessingJobName",
                "ProcessingJobArn",
                "CreationTime",
                "ProcessingEndTime",
                "ProcessingJobStatus",
                "FailureReason",
                "ExitMessage"
            ),
        DescendingByDefault = false,
    };

    public async Task<JsonObject> CreateProcessingJob(AwsCall call)
    {
        var request = new CreateProcessingJobRequest(call.Input);
        ProcessingJobRules.Check(request);
        var arn = await jobs.CreateAsync(ProcessingJobRules.WithDefaults(call.Input));
        runner.Begin(request.ProcessingJobName);
        return new JsonObject { ["ProcessingJobArn"] = arn };
    }

    public Task<JsonObject> DescribeProcessingJob(AwsCall call) =>
        Task.FromResult(jobs.Find(new DescribeProcessingJobRequest(call.Input).ProcessingJobName).Tree);

    public Task<JsonObject> ListProcessingJobs(AwsCall call) => Task.FromResult(Listing.Page(call.Input, jobs.List()));

    public async Task<JsonObject> StopProcessingJob(AwsCall call)
    {
        var name = new StopProcessingJobRequest(call.Input).ProcessingJobName;
        await jobs.StopAsync(name);
        runner.Stop(name);
        return [];
    }

    public async Task<JsonObject> DeleteProcessingJob(AwsCall call)
    {
        var name = new DeleteProcessingJobRequest(call.Input).ProcessingJobName;
        await jobs.DeleteAsync(name);
        return [];
    }
}
