using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.SageMaker.Endpoints;

/// <summary>A model server that survives its local cloud and is taken over by the next one.</summary>
[Collection("processes")]
public sealed class ModelServerTests : IAsyncLifetime
{
    private readonly EndpointCloud cloud = new()
    {
        Cloud = new RunningCloud { VolumePause = TimeSpan.FromMilliseconds(100) },
    };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    /// <summary>
    /// The earlier server told a process to start. The process took its lock only after this server had looked for it.
    /// </summary>
    [Fact]
    public async Task A_process_that_was_on_its_way_while_the_local_cloud_restarted_is_joined_where_it_listens()
    {
        await cloud.PutModelAsync("late.tar.gz", EndpointCloud.Archive(("answer.txt", "late")));
        var record = new ServerRecord
        {
            Id = Guid.CreateVersion7().ToString("N"),
            VariantName = "AllTraffic",
            Weight = 1,
            InstanceCount = 1,
            Image = EndpointCloud.Image,
            ModelDataUrl = $"s3://{EndpointCloud.Bucket}/late.tar.gz",
            Environment = new Dictionary<string, string>(),
            RoleArn = EndpointCloud.Role,
            StartupSeconds = 60,
        };
        using var stopping = new CancellationTokenSource();
        var before = Server(record);
        var after = Server(record);
        after.Adopt();
        before.Keep(stopping.Token);
        (await before.Started.InTimeAsync()).ShouldBeNull();
        await stopping.CancelAsync();
        await before.UnwatchedAsync().InTimeAsync();

        after.Keep(CancellationToken.None);
        (await after.Started.InTimeAsync()).ShouldBeNull();
        await after.EndAsync(CancellationToken.None).InTimeAsync();
    }

    [Fact]
    public async Task A_server_whose_files_outgrow_its_disk_is_ended_and_begins_with_its_model_alone()
    {
        await cloud.ConfigureAsync("full", "sound");
        await cloud.SageMaker.CreateEndpointConfigAsync(
            Connections.Json(
                """
                {"EndpointConfigName":"small","ProductionVariants":[{"VariantName":"AllTraffic","ModelName":"full",
                 "InstanceType":"ml.m5.large","InitialInstanceCount":1,"VolumeSizeInGB":1}]}
                """
            )
        );
        await cloud.CreateAsync("full", "small");
        var model = Path.Combine(
            Directory.GetDirectories(Path.Combine(cloud.Cloud.DataFolder, "servers")).Single(),
            "ml",
            "model"
        );

        // The files are there when this returns; the server, or the way to it, may have ended before its answer passed.
        await AnswersAsync("full", "fill");

        await Eventually.Async(() => FilesOf(model).SequenceEqual(["answer.txt"]));
        await Eventually.Async(() => AnswersAsync("full"));
        var log = await cloud.Cloud.CallAsync(
            "logs",
            "FilterLogEvents",
            new { logGroupName = "/aws/sagemaker/Endpoints/full" }
        );
        log.ToJsonString().ShouldContain("The files of the model server outgrew the 1 GB of its volume");
    }

    private static IEnumerable<string?> FilesOf(string folder)
    {
        try
        {
            return Directory.GetFiles(folder).Select(Path.GetFileName);
        }
        catch (DirectoryNotFoundException)
        {
            // The folder is being made again.
            return [];
        }
    }

    private async Task<bool> AnswersAsync(string endpoint, string body = "x")
    {
        try
        {
            return await cloud.AskAsync(endpoint, body) == "sound";
        }
        catch (AwsException)
        {
            // The process does not run at the moment.
            return false;
        }
    }

    private ModelServerProcess Server(ServerRecord record) =>
        new(
            record,
            "late",
            cloud.Cloud.Host.Services.GetRequiredService<FleetTools>().Launcher,
            NullLogger<ModelServerProcess>.Instance
        );
}
