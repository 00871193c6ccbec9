using Plumbline.Aws.Formats;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>
/// Runs a user's script as AWS's framework images do. The hyperparameters <c>sagemaker_program</c> and
/// <c>sagemaker_submit_directory</c> name the script; the other hyperparameters are its arguments.
/// </summary>
internal sealed class ScriptMode(JobInputs inputs)
{
    private const string Code = "/opt/ml/code";
    private const string CodeChannel = "/opt/ml/input/data/code";

    // Two processes are enough to exercise distributed code; more would only share this machine's cores.
    private const int ProcessesOnCpus = 2;

    private static readonly string Script = EmbeddedText.Read("Images.script-mode.sh");
    private static readonly string Torchrun = EmbeddedText.Read("Images.torch-processes.py");

    /// <summary>Unpacks the code, and returns the command that runs it.</summary>
    /// <exception cref="JobFailure">
    /// The hyperparameter sagemaker_program is missing, or the code cannot be read.
    /// </exception>
    public async Task<IReadOnlyList<string>> CommandAsync(
        Caller role,
        JobFolder folder,
        TrainingSettings settings,
        Dictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        var program =
            settings.ToolkitParameter("sagemaker_program")
            ?? throw new JobFailure(
                "ClientError: This image runs a script: name it by the hyperparameter sagemaker_program, or give a ContainerEntrypoint."
            );
        var code = await UnpackAsync(role, settings, folder, cancellationToken);
        environment["SM_MODULE_NAME"] = Path.GetFileNameWithoutExtension(program);
        environment["SM_MODULE_DIR"] = settings.ToolkitParameter("sagemaker_submit_directory") ?? folder.Inside(code);
        environment["SM_USER_ENTRY_POINT"] = program;
        var processes =
            settings.ToolkitParameter("sagemaker_torch_distributed_enabled") != "true" ? 0
            : settings.Gpus > 0 ? settings.Gpus
            : ProcessesOnCpus;
        return
        [
            "sh",
            "-c",
            Script,
            "script-mode",
            folder.Inside(code),
            $"{processes}",
            Torchrun,
            program,
            .. settings.ScriptArguments(),
        ];
    }

    private async Task<string> UnpackAsync(
        Caller role,
        TrainingSettings settings,
        JobFolder folder,
        CancellationToken cancellationToken
    )
    {
        if (settings.ToolkitParameter("sagemaker_submit_directory") is not { } directory)
        {
            return Directory.Exists(folder.OnHost(CodeChannel)) ? CodeChannel : Code;
        }

        if (S3Uri.TryParse(directory) is not { } location)
        {
            return directory;
        }

        var stored =
            inputs.Object(location, role)
            ?? throw new JobFailure(
                $"ClientError: Data download failed: {location} (sagemaker_submit_directory) does not exist."
            );
        await JobArchive.UnpackAsync(stored.Path, folder.OnHost(Code), location.ToString(), cancellationToken);
        return Code;
    }
}
