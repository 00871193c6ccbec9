using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.State;

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
        Summary = Summary,
        DescendingByDefault = false,
    };

    public async Task<JsonObject> CreateTrainingJob(AwsCall call)
    {
        rules.Check(call.Input);
        var arn = await jobs.CreateAsync(TrainingJobRules.WithDefaults(call.Input));
        runner.Begin(call.Input.Text("TrainingJobName")!);
        return new JsonObject { ["TrainingJobArn"] = arn };
    }

    public Task<JsonObject> DescribeTrainingJob(AwsCall call) =>
        Task.FromResult(description.Complete(jobs.Describe(Name(call))));

    public Task<JsonObject> ListTrainingJobs(AwsCall call) => Task.FromResult(Listing.Page(call.Input, jobs.List()));

    public async Task<JsonObject> StopTrainingJob(AwsCall call)
    {
        await jobs.StopAsync(Name(call));
        runner.Stop(Name(call));
        return [];
    }

    public async Task<JsonObject> DeleteTrainingJob(AwsCall call)
    {
        await jobs.DeleteAsync(Name(call));
        return [];
    }

    private static string Name(AwsCall call) => call.Input.Text("TrainingJobName")!;

    private static JsonObject Summary(Document document)
    {
        var summary = new JsonObject();
        foreach (
            var member in (string[])
                [
                    "TrainingJobName",
                    "TrainingJobArn",
                    "CreationTime",
                    "TrainingEndTime",
                    "TrainingJobStatus",
                    "SecondaryStatus",
                ]
        )
        {
            summary[member] = document.Tree[member]?.DeepClone();
        }

        summary["LastModifiedTime"] = document.Modified / 1000.0;
        return summary;
    }
}
