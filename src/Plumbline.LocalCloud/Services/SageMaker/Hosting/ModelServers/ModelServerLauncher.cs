using System.Net;
using System.Net.Sockets;
using Plumbline.Aws.Instances;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Images;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.Processes.Networking;
using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

/// <summary>Fetches models from S3 and starts their servers under SageMaker's inference contract.</summary>
internal sealed class ModelServerLauncher(
    LocalCloudOptions options,
    DataFolder data,
    ModelDownload download,
    ImageTable images,
    ImagePull pull,
    JobEnvironment environments,
    Sandbox sandbox,
    Supervisor supervisor,
    LogTail tail
)
{
    private const int ContainerPort = 8080;
    private const long Gigabyte = 1024L * 1024 * 1024;

    /// <summary>The instance type of servers whose record does not name one.</summary>
    private const string UsualInstance = "ml.m5.xlarge";

    private static readonly string Handler = EmbeddedText.Read("Images.serve-handler.py");

    private static readonly string ServingImage =
        $"{LocalCloudIdentity.Account}.dkr.ecr.{LocalCloudIdentity.Region}.amazonaws.com/plumbline-serving:latest";

    public ModelServerFolder FolderOf(ServerRecord server) => new(Path.Combine(data.Folder("servers"), server.Id));

    /// <summary>Checks the image, and fetches and unpacks the model, with the rights of the model's role.</summary>
    /// <exception cref="ModelServerFailure">
    /// The role does not have the right, the model is missing or damaged, or the disk is full.
    /// </exception>
    public async Task PrepareAsync(ServerRecord server, ModelServerFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            folder.Clear();
            CheckPull(server);
            if (server.ModelDataUrl is { } url)
            {
                await download.UnpackAsync(server, url, folder.Model, cancellationToken);
            }

            if (IsHandled(server) && SubmittedCode(server) is { } code)
            {
                await download.UnpackAsync(server, code, folder.Code, cancellationToken);
            }

            folder.MarkReady();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelServerFailure(
                $"The model at \"{server.ModelDataUrl}\" could not be unpacked: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Stores the program's port, then starts the program.</summary>
    /// <param name="server">The server's record.</param>
    /// <param name="endpointName">The server's endpoint.</param>
    /// <param name="folder">The server's folder.</param>
    /// <param name="isFirst">
    /// True if no process of the server is known. An earlier run of the local cloud may have started one a moment ago
    /// that does not hold its lock yet. The supervisor then joins that process, which listens on the stored port, so
    /// the port must not change.
    /// </param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ModelServerFailure">
    /// The image has no program on this machine, or the folder cannot be written.
    /// </exception>
    public async Task<SupervisedProcess> StartAsync(
        ServerRecord server,
        string endpointName,
        ModelServerFolder folder,
        bool isFirst,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var program = ProgramOf(server);
            var isSandboxed = sandbox.IsOn;
            var network = await environments.NetworkAsync(server.EnableNetworkIsolation, cancellationToken);
            if (network.IsMachines && program.Port is not null)
            {
                // Two servers cannot listen on the same port of the machine's network.
                network = await environments.GatewayAsync(cancellationToken);
            }

            var hasDoor = isSandboxed && (program.ListensOnSocket || !network.IsMachines);
            var port =
                hasDoor ? program.Port ?? ContainerPort
                : isFirst && folder.Port is { } told ? told
                : FreePort();
            folder.Remember(hasDoor ? null : port);
            var environment = await EnvironmentAsync(server, endpointName, folder, cancellationToken);
            environment["SAGEMAKER_BIND_TO_PORT"] = $"{port}";
            if (hasDoor && program.ListensOnSocket)
            {
                environment["PLUMBLINE_BIND_UNIX"] = Relay.Socket;
            }

            program.AddTo(environment);
            if (images.Find(server.Image)?.Algorithm == "xgboost")
            {
                XGBoostImage.AddTo(environment, program, server.Image);
            }

            if (!isSandboxed)
            {
                environment["SAGEMAKER_BASE_DIR"] = folder.Root;
            }

            return await supervisor.StartAsync(
                new ProcessSpec
                {
                    Folder = folder.Path,
                    Command = [.. program.Command, "serve"],
                    Programs = program.Command,
                    Environment = PythonStart.In(environment),
                    Binds = [new Bind(folder.Root, "/opt/ml", Writable: true)],
                    WorkingFolder = isSandboxed ? "/" : folder.Root,
                    Network = network,
                    StopGrace = TimeSpan.FromSeconds(30),
                    Door = hasDoor ? new ProcessDoor(program.ListensOnSocket ? null : port) : null,
                    Limits = LimitsOf(server),
                },
                cancellationToken
            );
        }
        catch (IOException exception)
        {
            throw new ModelServerFailure(
                $"The model server of variant {server.VariantName} could not be started: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Sends the program's output to the endpoint's log group until the program ends.</summary>
    public Task FollowAsync(
        SupervisedProcess process,
        ServerRecord server,
        string endpointName,
        CancellationToken cancellationToken
    ) =>
        tail.FollowAsync(
            process,
            $"/aws/sagemaker/Endpoints/{endpointName}",
            $"{server.VariantName}/i-{server.Id[^17..]}",
            server.Role,
            cancellationToken
        );

    /// <summary>Ends the program if its files exceed its disk.</summary>
    public Task KeepWithinDiskAsync(
        SupervisedProcess process,
        ServerRecord server,
        ModelServerFolder folder,
        CancellationToken ended
    ) =>
        new ProcessVolume(process, folder.Root, LimitsOf(server).FileSize).KeepAsync(
            options.VolumePause,
            () => folder.MarkFull(FullReason(server)),
            ended
        );

    /// <summary>Returns the reason of a server that was ended because its files exceeded its disk.</summary>
    public static string FullReason(ServerRecord server) =>
        $"The files of the model server outgrew the {LimitsOf(server).FileSize / Gigabyte} GB of its volume: write less, or raise VolumeSizeInGB.";

    /// <summary>Revokes a server's credentials and removes its folder.</summary>
    public async Task RemoveAsync(ModelServerFolder folder)
    {
        if (folder.Grant is { } grant)
        {
            await environments.EndAsync(grant.Id);
        }

        folder.Delete();
    }

    private static ProcessLimits LimitsOf(ServerRecord server) => InstanceLimits.Of(InstanceOf(server), server.Volume);

    private static InstanceType InstanceOf(ServerRecord server) =>
        InstanceSize.Of(server.InstanceType ?? UsualInstance);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>
    /// Returns the S3 URL of handler code that the SageMaker SDK uploaded apart from the model, or null if the variable
    /// names a folder of the container.
    /// </summary>
    private static string? SubmittedCode(ServerRecord server) =>
        server.Environment.GetValueOrDefault("SAGEMAKER_SUBMIT_DIRECTORY") is { } place
        && S3HttpAddress.TryParseEither(place) is not null
            ? place
            : null;

    private void CheckPull(ServerRecord server)
    {
        if (pull.Missing(server.Image, server.Role) is { } missing)
        {
            throw new ModelServerFailure(
                $"The role '{server.RoleArn}' does not have {missing.Action["ecr:".Length..]} permission for the image: '{server.Image}'. ({missing.Message})"
            );
        }
    }

    /// <summary>True if the model is served by a handler script.</summary>
    private bool IsHandled(ServerRecord server) => ProgramOf(server).Algorithm == "script";

    /// <summary>
    /// Chooses the program that serves the model. AWS's XGBoost image trains, serves, or serves with a handler that
    /// SAGEMAKER_PROGRAM names; here these are three programs. AWS's framework images serve a model with its handler
    /// and with the defaults of their framework.
    /// </summary>
    private ImageProgram ProgramOf(ServerRecord server)
    {
        var image = server.Image;
        var program = images.Find(image);
        if (program?.Algorithm == "xgboost" && server.Environment.ContainsKey("SAGEMAKER_PROGRAM"))
        {
            image = XGBoostImage.ForScripts(image);
            program = images.Find(image);
        }
        else if (program?.Algorithm is "xgboost" or "plumbline-jobs")
        {
            program = images.Find(ServingImage);
        }

        return program switch
        {
            null => throw new ModelServerFailure(
                $"The image {image} has no program on this machine: add it to {data.ImagesFile}."
            ),
            { Algorithm: "script" } => program with { Command = [.. program.Command, "-c", Handler, Framework(image)] },
            _ => program,
        };
    }

    private static string Framework(string image) =>
        image.Contains("pytorch", StringComparison.Ordinal) ? "pytorch"
        : image.Contains("xgboost", StringComparison.Ordinal) ? "xgboost"
        : "scikit-learn";

    private async Task<Dictionary<string, string>> EnvironmentAsync(
        ServerRecord server,
        string endpointName,
        ModelServerFolder folder,
        CancellationToken cancellationToken
    )
    {
        var grant = folder.Grant;
        if (grant is null && server is { RoleArn: { } role, EnableNetworkIsolation: false })
        {
            grant = await environments.GrantAsync(role, endpointName);
            folder.Remember(grant);
        }

        var environment = await environments.VariablesAsync(grant, cancellationToken);
        // AWS's instance has no more processors than these; here all of the machine's would be used.
        environment["OMP_NUM_THREADS"] = $"{Math.Min(InstanceOf(server).Cpus, Environment.ProcessorCount)}";
        foreach (var (name, value) in server.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }
}
