using System.Globalization;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>
/// The images of <c>infra/images</c>, built step by step without Docker on a Debian without libxgboost, and started
/// with the arguments and folders of SageMaker and CodeBuild.
/// </summary>
[Collection("images")]
public sealed class ImageTests(BuiltImages images) : IDisposable
{
    /// <summary>An address of the container's network that is not loopback.</summary>
    private const string Address = "10.7.0.2";

    /// <summary>Acts as SageMaker from outside: calls /ping until it returns 200, and sends requests.</summary>
    private const string SageMaker = """
        import fcntl, socket, struct, subprocess, sys, time, urllib.request
        address, server = sys.argv[1], sys.argv[2:]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any:
            name = struct.pack("16sH2x4s8x", b"lo:1", socket.AF_INET, socket.inet_aton(address))
            fcntl.ioctl(any, 0x8916, name)  # SIOCSIFADDR
        def ask(host, path, body=None):
            headers = {"Content-Type": "text/csv", "Accept": "application/json"}
            request = urllib.request.Request(f"http://{host}:8080/{path}", body, headers)
            return urllib.request.urlopen(request, timeout=10).read().decode()
        container = subprocess.Popen(server, stdout=sys.stderr)
        try:
            for attempt in range(600):
                try:
                    ask("127.0.0.1", "ping")
                    break
                except OSError:
                    if container.poll() is not None:
                        sys.exit("The container ended.")
                    time.sleep(0.1)
            try:
                ask(address, "ping")
                print(ask(address, "invocations", b"1.5\n"))
            except OSError as error:
                print(error.reason)
        finally:
            container.kill()
        """;

    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [ProgramFact("bwrap", "patchelf", "dpkg-query")]
    public async Task Nothing_but_the_wheel_brings_libxgboost_and_its_OpenMP()
    {
        foreach (var image in (Image[])[await images.JobsAsync(), await images.ServingAsync()])
        {
            var found = Directory
                .EnumerateFiles(image.Root, "*.so*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file).Split('-', '.')[0] is "libxgboost" or "libgomp")
                .Select(file => Path.GetDirectoryName(Path.GetRelativePath(image.Root, file)));
            found.Order(StringComparer.Ordinal).ShouldBe(["opt/xgboost/xgboost.libs", "opt/xgboost/xgboost/lib"]);
        }
    }

    /// <summary>
    /// If the library is found through a name in another folder, it searches for its OpenMP there; the training in the
    /// build then fails.
    /// </summary>
    [ProgramFact("bwrap", "patchelf", "dpkg-query")]
    public async Task A_link_to_the_library_ends_the_build_before_the_image_gets_a_name()
    {
        const string Link = "RUN ln -s /opt/xgboost/xgboost/lib/libxgboost.so /usr/lib/libxgboost.so.0";
        static string Linked(string dockerfile) =>
            string.Join(
                '\n',
                dockerfile
                    .Split('\n')
                    .Where(line => !line.StartsWith("RUN ldconfig -p", StringComparison.Ordinal))
                    .Select(line => line.StartsWith("RUN printf", StringComparison.Ordinal) ? Link : line)
            );

        var failed = await Should.ThrowAsync<InvalidOperationException>(() =>
            images.BuildAsync("plumbline-jobs", Linked)
        );

        failed.Message.ShouldStartWith("plumbline-jobs.Dockerfile:");
        failed.Message.ShouldContain("libxgboost was not found");
    }

    [ProgramFact("bwrap", "patchelf", "dpkg-query")]
    public async Task A_build_leaves_nothing_of_its_training_in_the_image() =>
        Directory
            .EnumerateFileSystemEntries(Path.Combine((await images.JobsAsync()).Root, "opt", "ml"))
            .ShouldBeEmpty();

    [ProgramFact("bwrap", "patchelf", "dpkg-query", "python3")]
    public async Task A_model_that_the_jobs_image_trains_is_served_by_the_serving_image_to_whoever_asks_from_outside()
    {
        await TrainAsync();

        (await ServedAsync(await images.ServingAsync())).ShouldContain("\"yes\"");
    }

    [ProgramFact("bwrap", "patchelf", "dpkg-query", "python3")]
    public async Task Without_its_variables_the_serving_image_is_not_heard_from_outside()
    {
        await TrainAsync();
        var image = await images.ServingAsync();

        (await ServedAsync(image with { Environment = new Dictionary<string, string>() })).ShouldContain("refused");
    }

    [ProgramFact("bwrap", "patchelf", "dpkg-query", "git")]
    public async Task A_build_in_the_jobs_image_finds_git_plumb_and_any_other_command()
    {
        var built = await RunAsync(
            "sh",
            "-c",
            "git --version && cd /tmp && plumb new moons && cd moons && plumb validate"
        );
        built.Succeeded().ShouldContain("git version");
        built.Output.ShouldContain("moons: 2 features, 2 labels");
        (await RunAsync("sh", "-c", "exit 7")).ExitCode.ShouldBe(7);
    }

    [ProgramFact("bwrap", "patchelf", "dpkg-query", "git")]
    public async Task A_build_in_the_jobs_image_names_the_images_that_deploy_made()
    {
        var built = await RunAsync("sh", "-c", "cd /tmp && plumb new moons >&2 && plumb aws synth --project moons");
        var names = built
            .Succeeded()
            .Split('"')
            .Where(text => text.Contains(".dkr.ecr.", StringComparison.Ordinal))
            .ToList();

        names.ShouldNotBeEmpty();
        names.ShouldAllBe(name => name.EndsWith($"/plumbline-jobs:{BuiltImages.Tag}"));
    }

    private async Task TrainAsync()
    {
        var rows = Enumerable
            .Range(0, 200)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row % 2},{row % 2}.5\n"));
        Write("input/data/train/data.csv", string.Concat(rows));
        var hyperparameters = new
        {
            num_round = "5",
            objective = "binary:logistic",
            class_labels = """["no","yes"]""",
        };
        Write("input/config/hyperparameters.json", JsonSerializer.Serialize(hyperparameters));
        Write("input/config/inputdataconfig.json", """{"train": {"ContentType": "text/csv"}}""");
        Directory.CreateDirectory(folder.At("model"));
        (await RunAsync("train")).Succeeded();
    }

    /// <summary>The answer of a container in its own network, or the reason why it did not answer.</summary>
    private async Task<string> ServedAsync(Image image)
    {
        string[] network =
        [
            "--dev-bind",
            "/",
            "/",
            "--unshare-user",
            "--uid",
            "0",
            "--gid",
            "0",
            "--unshare-net",
            "--cap-add",
            "CAP_NET_ADMIN",
            "--die-with-parent",
        ];
        string[] container = [.. image.Container(["serve"], folder.Path, sharesNetwork: true)];
        var asked = await Shell.RunAsync("bwrap", [.. network, "python3", "-c", SageMaker, Address, .. container]);
        return asked.Succeeded();
    }

    private async Task<ShellResult> RunAsync(params string[] arguments)
    {
        var container = (await images.JobsAsync()).Container(arguments, folder.Path);
        return await Shell.RunAsync(container[0], container.Skip(1));
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllText(folder.At(path), text);
    }
}
