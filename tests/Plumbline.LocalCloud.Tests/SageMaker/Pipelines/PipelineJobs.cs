using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Pipelines;
using Plumbline.Pipelines.Steps;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>Pipelines whose steps run shell scripts as jobs, and a file that the jobs wait for.</summary>
public abstract class PipelineJobs(RunningCloud cloud) : IAsyncLifetime
{
    private protected readonly RunningCloud cloud = cloud;

    private protected readonly PipelineCalls pipelines = new(cloud);

    // Jobs see this file, and wait for it.
    private protected readonly string signal = JobScripts.NewSignal();

    private protected string WaitForSignal => JobScripts.WaitFor(signal);

    public async Task InitializeAsync()
    {
        await ShellSteps.WriteImagesAsync(cloud.DataFolder);
        using var s3 = S3ClientFactory.Create(cloud.Connect());
        await s3.PutBucketAsync(ShellSteps.Bucket);
    }

    public Task DisposeAsync()
    {
        File.Delete(signal);
        return Task.CompletedTask;
    }

    private protected Task<(string Status, Dictionary<string, JsonObject> Steps)> RunAsync(
        string name,
        params Step[] steps
    ) => pipelines.RunAsync(name, new Pipeline { Steps = steps }.ToDefinition());
}
