using System.Globalization;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// What the Dockerfiles of <c>infra/images</c> start, without Docker: their ENTRYPOINT with the arguments that SageMaker and
/// CodeBuild give it, over this machine's root, with the built program where the Dockerfiles copy it to.
/// </summary>
public sealed class ImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [ProgramFact("bwrap", "python3")]
    public async Task A_model_that_the_jobs_image_trains_is_served_by_the_serving_image()
    {
        var rows = Enumerable
            .Range(0, 200)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row % 2},{row % 2}.5\n"));
        Write("input/data/train/data.csv", string.Concat(rows));
        Write(
            "input/config/hyperparameters.json",
            JsonSerializer.Serialize(
                new
                {
                    num_round = "5",
                    objective = "binary:logistic",
                    class_labels = """["no","yes"]""",
                }
            )
        );
        Write("input/config/inputdataconfig.json", """{"train": {"ContentType": "text/csv"}}""");
        Directory.CreateDirectory(folder.At("model"));
        (await RunAsync("plumbline-jobs", "train")).Succeeded();

        // SageMaker asks /ping until it is 200, and then sends requests, from outside: whoever listens on 127.0.0.1 alone does not
        // hear an address beside it.
        const string Ask = """
            import time, urllib.request
            for attempt in range(300):
                try:
                    urllib.request.urlopen("http://127.0.0.2:8080/ping")
                    break
                except OSError:
                    time.sleep(0.1)
            headers = {"Content-Type": "text/csv", "Accept": "application/json"}
            print(urllib.request.urlopen(urllib.request.Request("http://127.0.0.2:8080/invocations", b"1.5", headers)).read().decode())
            """;
        Write("ask.py", Ask);
        var served = await BubblewrapAsync(
            "plumbline-serving",
            "sh",
            "-c",
            $"{string.Join(' ', EntryPoint("plumbline-serving"))} serve >&2 & python3 /opt/ml/ask.py; kill $!"
        );
        served.Succeeded().ShouldContain("\"yes\"");
    }

    [ProgramFact("bwrap")]
    public async Task The_jobs_image_proves_its_library_by_a_training_before_it_gets_a_name()
    {
        var training = Instructions("plumbline-jobs", "RUN ")
            .Single(run => run.Contains("entry.sh train", StringComparison.Ordinal));

        (await BubblewrapAsync("plumbline-jobs", "sh", "-c", training)).Succeeded();

        // And leaves nothing of it in the image.
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [ProgramFact("bwrap", "git")]
    public async Task A_build_in_the_jobs_image_finds_plumb_and_any_other_command()
    {
        (await RunAsync("plumbline-jobs", "plumb", "new", "moons")).Succeeded();
        var built = await RunAsync("plumbline-jobs", "sh", "-c", "git --version && cd moons && plumb validate");
        built.Succeeded().ShouldContain("git version");
        (await RunAsync("plumbline-jobs", "sh", "-c", "exit 7")).ExitCode.ShouldBe(7);
    }

    private Task<ShellResult> RunAsync(string image, params string[] arguments) =>
        BubblewrapAsync(image, [.. EntryPoint(image), .. arguments]);

    /// <summary>As Docker: nothing of this machine is written to, and <c>/opt/ml</c> is the job's.</summary>
    private Task<ShellResult> BubblewrapAsync(string image, params string[] command)
    {
        string[] root =
        [
            "--ro-bind",
            "/",
            "/",
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--tmpfs",
            "/tmp",
            "--tmpfs",
            "/opt",
        ];
        string[] copied =
        [
            "--ro-bind",
            Path.GetDirectoryName(Plumb.Program)!,
            "/opt/plumbline",
            "--tmpfs",
            "/usr/local/bin",
            "--symlink",
            "/opt/plumbline/images/entry.sh",
            "/usr/local/bin/plumb",
        ];
        string[] job =
        [
            "--bind",
            folder.Path,
            "/opt/ml",
            "--chdir",
            "/opt/ml",
            "--unshare-net",
            "--unshare-pid",
            "--die-with-parent",
        ];
        return Shell.RunAsync("bwrap", [.. root, .. copied, .. job, .. Variables(image), .. command]);
    }

    /// <summary>The Dockerfile's ENTRYPOINT, which is a JSON list.</summary>
    private static string[] EntryPoint(string image) =>
        JsonSerializer.Deserialize<string[]>(Instructions(image, "ENTRYPOINT ").Single())!;

    /// <summary>The Dockerfile's ENV, several to a line.</summary>
    private static IEnumerable<string> Variables(string image) =>
        from line in Instructions(image, "ENV ")
        from variable in line.Split(' ')
        from word in (string[])["--setenv", .. variable.Split('=', 2)]
        select word;

    /// <summary>Each instruction of a kind, with the lines that go on with it.</summary>
    private static IEnumerable<string> Instructions(string image, string kind) =>
        File.ReadAllText(Repository.Path("infra", "images", $"{image}.Dockerfile"))
            .Replace("\\\n", "", StringComparison.Ordinal)
            .Split('\n')
            .Where(line => line.StartsWith(kind, StringComparison.Ordinal))
            .Select(line => line[kind.Length..]);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.At(path))!);
        File.WriteAllText(folder.At(path), text);
    }
}
