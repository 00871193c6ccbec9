using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

internal sealed class TrainingJobApi(
    TrainingJobStore jobs,
    TrainingJobRunner runner,
    TrainingJobRules rules,
    TrainingJobDescription description
)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "TrainingJobSummaries",
        NameMember = "TrainingJobName",
        StatusMember = "TrainingJobStatus",
        Summary = document =>
            Listing.Members(
                document,
                "TrainingJobName",
                "TrainingJobArn",
                "CreationTime",
                "TrainingEndTime",
                "TrainingJobStatus",
                "SecondaryStatus"
            ),
        DescendingByDefault = false,
    };

    public async Task<JsonObject> CreateTrainingJob(AwsCall call)
    {
        var request = new CreateTrainingJobRequest(call.Input);
        rules.Check(request);
        var arn = await jobs.CreateAsync(TrainingJobRules.WithDefaults(call.Input));
        runner.Begin(request.TrainingJobName);
        return new JsonObject { ["TrainingJobArn"] = arn };
    }

    public Task<JsonObject> DescribeTrainingJob(AwsCall call) =>
        Task.FromResult(description.Complete(jobs.Find(new DescribeTrainingJobRequest(call.Input).TrainingJobName)));

    public Task<JsonObject> ListTrainingJobs(AwsCall call) => Task.FromResult(Listing.Page(call.Input, jobs.List()));

    public async Task<JsonObject> StopTrainingJob(AwsCall call)
    {
        var name = new StopTrainingJobRequest(call.Input).TrainingJobName;
        await jobs.StopAsync(name);
        runner.Stop(name);
        return [];
    }

    public async Task<JsonObject> DeleteTrainingJob(AwsCall call)
    {
        var name = new DeleteTrainingJobRequest(call.Input).TrainingJobName;
        await jobs.DeleteAsync(name);
        return [];
    }
}
