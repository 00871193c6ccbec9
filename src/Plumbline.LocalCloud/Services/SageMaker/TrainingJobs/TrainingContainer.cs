using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Supervision;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>SageMaker's training container contract: what a program finds below <c>/opt/ml</c>, and how it is started.</summary>
internal sealed class TrainingContainer(ImageTable images, JobInputs inputs, ScriptMode scripts)
{
    private const string Config = "/opt/ml/input/config";
    private const string Data = "/opt/ml/input/data";
    private const string DefaultCheckpoints = "/opt/ml/checkpoints";

    /// <summary>Channels whose files the SageMaker SDK's own drivers change: they are copies.</summary>
    private static readonly string[] WritableChannels = ["code", "sm_drivers"];

    private static readonly string[] BuiltInChannels = ["train", "validation", "code"];

    /// <summary>Where a job keeps its checkpoints.</summary>
    public static string CheckpointFolder(JsonObject config) => config.Text("LocalPath") ?? DefaultCheckpoints;

    /// <summary>Fills the folder and says what to run in it.</summary>
    /// <exception cref="JobFailure">The image is unknown, or an input cannot be had.</exception>
    public async Task<JobProgram> PrepareAsync(
        JsonObject request,
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var image = images.Require(request.Object("AlgorithmSpecification")!.Text("TrainingImage")!);
        CheckChannels(request, image);
        folder.Make(
            Config,
            Data,
            "/opt/ml/model",
            "/opt/ml/code",
            "/opt/ml/output/data",
            "/opt/ml/output/intermediate"
        );
        var binds = PlaceChannels(request, folder, cancellationToken);
        FetchCheckpoints(request, folder, cancellationToken);

        var settings = new TrainingSettings(request, folder, slot);
        settings.WriteFiles(Config);
        settings.AddTo(environment);
        image.AddTo(environment);
        var command = await CommandAsync(request, image, folder, settings, environment, cancellationToken);
        foreach (var (name, value) in request.Object("Environment") ?? [])
        {
            environment[name] = Tree.Text(value) ?? "";
        }

        XGBoostImage.AddTo(environment, image, request.Object("AlgorithmSpecification")!.Text("TrainingImage")!);
        return new JobProgram(command, environment, binds);
    }

    private static void CheckChannels(JsonObject request, ImageProgram image)
    {
        if (image.Algorithm != "xgboost")
        {
            return;
        }

        var channels = request.Objects("InputDataConfig").Select(channel => channel.Text("ChannelName")!).ToList();
        if (channels.Find(channel => !BuiltInChannels.Contains(channel)) is { } extraneous)
        {
            throw new JobFailure($"ClientError: Extraneous channel found: {extraneous}");
        }

        if (!channels.Contains("train"))
        {
            throw new JobFailure("ClientError: Missing required channel: train");
        }
    }

    private List<Bind> PlaceChannels(JsonObject request, JobFolder folder, CancellationToken cancellationToken)
    {
        var binds = new List<Bind> { new(folder.Inputs, Data) };
        foreach (var channel in request.Objects("InputDataConfig"))
        {
            var name = channel.Text("ChannelName")!;
            var source = channel.Object("DataSource")!.Object("S3DataSource")!;
            var writable = WritableChannels.Contains(name);
            var target = Path.Combine(folder.Sandboxed && !writable ? folder.Inputs : folder.OnHost(Data), name);
            if (folder.Sandboxed && writable)
            {
                // The folder to hang the writable one over the read-only ones.
                Directory.CreateDirectory(Path.Combine(folder.Inputs, name));
                binds.Add(new Bind(target, $"{Data}/{name}", Writable: true));
            }

            var copy = writable || !folder.Sandboxed;
            if (inputs.Place(source.Text("S3Uri")!, source.Text("S3DataType")!, target, copy, cancellationToken) == 0)
            {
                throw new JobFailure(
                    $"ClientError: Data download failed: no objects below {source.Text("S3Uri")} (channel {name})."
                );
            }
        }

        return binds;
    }

    private void FetchCheckpoints(JsonObject request, JobFolder folder, CancellationToken cancellationToken)
    {
        if (request.Object("CheckpointConfig") is { } checkpoints)
        {
            var target = folder.OnHost(CheckpointFolder(checkpoints));
            inputs.Place(checkpoints.Text("S3Uri")!, "S3Prefix", target, copy: true, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> CommandAsync(
        JsonObject request,
        ImageProgram image,
        JobFolder folder,
        TrainingSettings settings,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var algorithm = request.Object("AlgorithmSpecification")!;
        var arguments = algorithm.Texts("ContainerArguments").Select(folder.Inside).ToList();
        if (algorithm.Texts("ContainerEntrypoint").ToList() is { Count: > 0 } entrypoint)
        {
            return [.. entrypoint.Select(folder.Inside), .. arguments];
        }

        if (image.Algorithm == "script")
        {
            return await scripts.CommandAsync(folder, settings, environment, cancellationToken);
        }

        return [.. image.Command, .. arguments.Count > 0 ? arguments : ["train"]];
    }
}
