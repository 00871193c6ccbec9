using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>SageMaker's training container contract: the files below <c>/opt/ml</c> and the command.</summary>
internal sealed class TrainingContainer(ImageTable images, ImagePull pull, JobInputs inputs, ScriptMode scripts)
{
    private const string Config = "/opt/ml/input/config";
    private const string Data = "/opt/ml/input/data";
    private const string DefaultCheckpoints = "/opt/ml/checkpoints";

    /// <summary>
    /// The SageMaker SDK's own drivers change the files of these channels, so they are copied even if they are large.
    /// </summary>
    private static readonly string[] WritableChannels = ["code", "sm_drivers"];

    private static readonly string[] BuiltInChannels = ["train", "validation", "code"];

    /// <summary>Returns the container's path for checkpoints.</summary>
    public static string CheckpointFolder(CheckpointConfig config) => config.LocalPath ?? DefaultCheckpoints;

    /// <summary>Fills the job's folder, and returns the program to run in it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="role">A session of the job's role, which fetches image and inputs.</param>
    /// <param name="folder">The job's folder.</param>
    /// <param name="slot">The CPUs and GPUs of the job.</param>
    /// <param name="environment">The job's environment, to which variables are added.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="JobFailure">The image is unknown, or an input is missing or cannot be read.</exception>
    public async Task<JobProgram> PrepareAsync(
        DescribeTrainingJobResponse job,
        Caller role,
        JobFolder folder,
        Slot slot,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var uri = job.AlgorithmSpecification.TrainingImage!;
        var image = images.Require(uri);
        // AWS's XGBoost image runs a user's script if the request names one, else the built-in algorithm.
        var isXGBoost = image.Algorithm == "xgboost";
        if (isXGBoost && job.HyperParameters.ContainsKey("sagemaker_program"))
        {
            image = images.Require(XGBoostImage.ForScripts(uri));
        }

        pull.Require(uri, role);
        CheckChannels(job, image);
        folder.Make(
            Config,
            Data,
            "/opt/ml/model",
            "/opt/ml/code",
            "/opt/ml/output/data",
            "/opt/ml/output/intermediate"
        );
        var binds = PlaceChannels(job, role, folder, cancellationToken);
        FetchCheckpoints(job, role, folder, cancellationToken);

        var settings = new TrainingSettings(job, folder, slot);
        settings.WriteFiles(Config);
        settings.AddTo(environment);
        image.AddTo(environment);
        var command = await CommandAsync(job, role, image, folder, settings, environment, cancellationToken);
        foreach (var (name, value) in job.Environment)
        {
            environment[name] = value;
        }

        if (isXGBoost)
        {
            XGBoostImage.AddTo(environment, image, uri);
        }

        return new JobProgram(image, command, environment, binds);
    }

    private static void CheckChannels(DescribeTrainingJobResponse job, ImageProgram image)
    {
        if (image.Algorithm != "xgboost")
        {
            return;
        }

        var channels = job.InputDataConfig.Select(channel => channel.ChannelName).ToList();
        if (channels.Find(channel => !BuiltInChannels.Contains(channel)) is { } extraneous)
        {
            throw new JobFailure($"ClientError: Extraneous channel found: {extraneous}");
        }

        if (!channels.Contains("train"))
        {
            throw new JobFailure("ClientError: Missing required channel: train");
        }
    }

    private List<Bind> PlaceChannels(
        DescribeTrainingJobResponse job,
        Caller role,
        JobFolder folder,
        CancellationToken cancellationToken
    )
    {
        var binds = new List<Bind>();
        foreach (var channel in job.InputDataConfig)
        {
            var name = channel.ChannelName;
            var source = channel.DataSource.S3DataSource!;
            var input = inputs.Find(source.S3Uri, source.S3DataType, role);
            if (input.Count == 0)
            {
                throw new JobFailure(
                    $"ClientError: Data download failed: no objects below {source.S3Uri} (channel {name})."
                );
            }

            var target = Path.Combine(folder.OnHost(Data), name);
            var copy = !folder.Sandboxed || WritableChannels.Contains(name) || input.IsCopied;
            if (!copy)
            {
                JobNotes.ReadOnly(folder, $"channel {name}");
                Directory.CreateDirectory(target);
                target = Path.Combine(folder.Inputs, name);
                binds.Add(new Bind(target, $"{Data}/{name}"));
            }

            input.Place(target, copy, cancellationToken);
        }

        return binds;
    }

    private void FetchCheckpoints(
        DescribeTrainingJobResponse job,
        Caller role,
        JobFolder folder,
        CancellationToken cancellationToken
    )
    {
        if (job.CheckpointConfig is { } checkpoints)
        {
            var target = folder.OnHost(CheckpointFolder(checkpoints));
            inputs.Find(checkpoints.S3Uri, S3DataType.S3Prefix, role).Place(target, copy: true, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> CommandAsync(
        DescribeTrainingJobResponse job,
        Caller role,
        ImageProgram image,
        JobFolder folder,
        TrainingSettings settings,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var algorithm = job.AlgorithmSpecification;
        var arguments = algorithm.ContainerArguments.Select(folder.Inside).ToList();
        if (algorithm.ContainerEntrypoint.ToList() is { Count: > 0 } entrypoint)
        {
            return [.. entrypoint.Select(folder.Inside), .. arguments];
        }

        if (image.Algorithm == "script")
        {
            return await scripts.CommandAsync(role, folder, settings, environment, cancellationToken);
        }

        return [.. image.Command, .. arguments.Count > 0 ? arguments : ["train"]];
    }
}
