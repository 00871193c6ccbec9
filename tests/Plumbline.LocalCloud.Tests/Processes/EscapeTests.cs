using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>
/// Tries each way out for real, in a job of the server and, if the tests run as root, in a job of an ordinary user.
/// Afterwards it checks that the job read, changed, reached or ended nothing on this machine.
/// </summary>
[Collection("processes")]
[Trait(Nightly.Part, "sandbox")]
public sealed class EscapeTests : IDisposable
{
    private const string Stored = "1,2,3\n";

    /// <summary>A port inside the sandbox, which is always free there.</summary>
    private const int Gateway = 4570;

    private readonly string token = $"secret-{Guid.NewGuid():N}";
    private readonly SandboxedFolder folder = new();
    private readonly TemporaryFolder beside = new();
    private readonly string home = Path.Combine(
        Environment.GetEnvironmentVariable("HOME")!,
        $"plumbline-secret-{Guid.NewGuid():N}"
    );
    private readonly Process victim = Process.Start("sleep", "600");
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly TcpListener port = new(IPAddress.Loopback, 0);
    private readonly string corePattern = File.ReadAllText("/proc/sys/kernel/core_pattern");

    public EscapeTests()
    {
        File.WriteAllText(home, token);
        File.WriteAllText(beside.At("secret"), token);
        File.WriteAllText(Path.Combine(Data, "cloud.json"), token);
        File.WriteAllText(Path.Combine(Data, "object"), Stored);
        File.WriteAllText(Path.Combine(folder.MlFolder("other"), "secret"), token);
        listener.Bind(new UnixDomainSocketEndPoint(beside.At("socket")));
        listener.Listen();
        port.Start();
        Environment.SetEnvironmentVariable("PLUMBLINE_TEST_SECRET", token);
    }

    public static TheoryData<string, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, bool>();
            foreach (var name in WaysOut.Scripts.Keys)
            {
                ways.Add(name, false);
                if (Environment.IsPrivilegedProcess)
                {
                    ways.Add(name, true);
                }
            }

            return ways;
        }
    }

    private string Data => Path.Combine(folder.Root, "data");

    private string Outside => beside.At("outside");

    public void Dispose()
    {
        victim.Kill();
        victim.End();
        victim.Dispose();
        listener.Dispose();
        port.Dispose();
        folder.Dispose();
        beside.Dispose();
        File.Delete(home);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task No_way_leads_out(string way, bool asOrdinaryUser)
    {
        var spec = WithInput(WaysOut.Scripts[way]);

        var log = asOrdinaryUser ? (await folder.RunAsOrdinaryUserAsync(spec)).Log : (await folder.RunAsync(spec)).Log;

        log.ShouldContain("tried");
        log.ShouldNotContain("ESCAPED");
        log.ShouldNotContain(token);
        ShouldBeUntouched(spec);
        Nightly.Note("sandbox", $"a way out, tried as {(asOrdinaryUser ? "nobody" : Environment.UserName)}: 0 escapes");
    }

    [Fact]
    public void At_least_thirty_ways_are_tried() => WaysOut.Scripts.Count.ShouldBeGreaterThanOrEqualTo(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_reaches_no_port_and_no_abstract_socket_of_this_machine(bool isIsolated)
    {
        using var hidden = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var name = $"plumbline-test-{Guid.NewGuid():N}";
        hidden.Bind(new UnixDomainSocketEndPoint("\0" + name));
        hidden.Listen();
        var number = ((IPEndPoint)port.LocalEndpoint).Port;
        var script = $$"""
            perl -e 'use Socket; socket(S, PF_INET, SOCK_STREAM, 6); print "ESCAPED" if connect(S, sockaddr_in({{number}}, INADDR_LOOPBACK));
              socket(U, PF_UNIX, SOCK_STREAM, 0); print "ESCAPED" if connect(U, pack("Sa*", AF_UNIX, "\0{{name}}"))'; echo tried
            """;

        var (_, log) = await folder.RunAsync(
            folder.Shell("a", script) with
            {
                Network = isIsolated ? ProcessNetwork.None : ProcessNetwork.ToGateway(number - 1),
            }
        );

        log.ShouldBe("tried\n");
        port.Pending().ShouldBeFalse();
        hidden.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_job_leaves_behind_leads_nowhere()
    {
        var script = $"""
            cd /opt/ml/model; echo fine > fine; mkfifo pipe; ln -s pipe linked-pipe; ln -s {home} link; ln -s {Data} folder; ln -s / root; ln -s . loop
            ln -s ../../../../data/cloud.json up; ln -s /dev/zero zero; mkdir d; ln -s ../.. d/up
            perl -e 'use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un("socket"))'
            ln -s {home} ../output; rm -rf ../input; ln -s {Data} ../input; echo left
            """;
        (await folder.RunAsync(WithInput(script))).Log.ShouldContain("left\n");
        var archive = beside.At("model.tar.gz");
        var model = new LeftFolder(folder.MlFolder("a"), "model", long.MaxValue);

        (await JobArchive.TryPackAsync(model, archive, CancellationToken.None).InTimeAsync()).ShouldBeTrue();

        await JobArchive.UnpackAsync(archive, beside.At("unpacked"), "it", CancellationToken.None);
        Directory.EnumerateFileSystemEntries(beside.At("unpacked")).Select(Path.GetFileName).ShouldBe(["fine"]);
        JobFiles.TryOpen(folder.MlFolder("a"), "output/failure").ShouldBeNull();
        new JobFolder(folder.ProcessFolder("a"), sandboxed: true).Delete();
        File.Exists(home).ShouldBeTrue();
        File.Exists(Path.Combine(Data, "object")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_jobs_own_environment_steers_its_supervisor_in_nothing()
    {
        var spec = folder.Shell("a", "echo up; while [ ! -e /opt/ml/go ]; do sleep 0.02; done");
        var environment = new Dictionary<string, string>(spec.Environment)
        {
            ["LD_PRELOAD"] = "/opt/ml/evil.so",
            ["LD_LIBRARY_PATH"] = "/opt/ml",
            ["ENV"] = "/opt/ml/evil.sh",
            ["BASH_ENV"] = "/opt/ml/evil.sh",
        };
        var process = await folder.StartAsync(spec with { Environment = environment });
        await Eventually.Async(() => File.ReadAllText(process.LogFile).Contains("up\n", StringComparison.Ordinal));

        var supervisor = await File.ReadAllTextAsync(Path.Combine(process.Folder, "pid"));

        (await File.ReadAllTextAsync($"/proc/{supervisor.Trim()}/environ")).ShouldNotContain("evil");
        await File.WriteAllTextAsync(Path.Combine(folder.MlFolder("a"), "go"), "");
        (await process.WaitAsync().InTimeAsync()).SandboxFailed.ShouldBeFalse();
    }

    [Fact]
    public async Task Forged_words_of_the_sandbox_change_nothing_about_a_jobs_end()
    {
        const string Script =
            "for f in /proc/1/fd/* /proc/self/fd/[3-9]*; do echo '{ \"exit-code\": 0 }' > $f; done 2>/dev/null; echo 0 > exit; exit 3";

        var (status, _) = await folder.RunAsync(folder.Shell("a", Script) with { WorkingFolder = "/opt/ml" });

        (status.Code, status.SandboxFailed).ShouldBe((3, false));
    }

    private void ShouldBeUntouched(ProcessSpec spec)
    {
        File.ReadAllText(Path.Combine(Data, "object")).ShouldBe(Stored);
        File.ReadAllText(Path.Combine(spec.Folder, "inputs", "train", "x.csv")).ShouldBe(Stored);
        File.ReadAllText(Path.Combine(Data, "cloud.json")).ShouldBe(token);
        File.ReadAllText(home).ShouldBe(token);
        File.Exists(Outside).ShouldBeFalse();
        File.ReadAllText("/proc/sys/kernel/core_pattern").ShouldBe(corePattern);
        victim.HasExited.ShouldBeFalse();
        listener.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
        port.Pending().ShouldBeFalse();
        foreach (var place in (string[])["/", "/usr", "/usr/bin", "/etc", "/run", "/var", "/srv", "/opt"])
        {
            File.Exists(Path.Combine(place, "OURS")).ShouldBeFalse(place);
        }
    }

    private ProcessSpec WithInput(string script)
    {
        var filled = script
            .Replace("HOME_SECRET", home, StringComparison.Ordinal)
            .Replace("BESIDE", beside.At("secret"), StringComparison.Ordinal)
            .Replace("OUTSIDE", Outside, StringComparison.Ordinal)
            .Replace("SOCKET", beside.At("socket"), StringComparison.Ordinal)
            .Replace("PORT", $"{((IPEndPoint)port.LocalEndpoint).Port}", StringComparison.Ordinal)
            .Replace("DATA", Data, StringComparison.Ordinal)
            .Replace("VICTIM", $"{victim.Id}", StringComparison.Ordinal)
            .Replace("SERVER", $"{Environment.ProcessId}", StringComparison.Ordinal);
        // In its own shell, because some ways end the shell that tries them.
        var spec = folder.Shell("a", $"(\n{filled}\n)\necho tried");
        var inputs = Path.Combine(spec.Folder, "inputs");
        Directory.CreateDirectory(Path.Combine(inputs, "train"));
        Directory.CreateDirectory(Path.Combine(folder.MlFolder("a"), "input", "data"));
        Directory.CreateDirectory(Path.Combine(folder.MlFolder("a"), "model"));
        using var linked = Process.Start("ln", [Path.Combine(Data, "object"), Path.Combine(inputs, "train", "x.csv")]);
        linked.End();
        return spec with
        {
            Binds = [.. spec.Binds, new Bind(inputs, "/opt/ml/input/data")],
            Network = ProcessNetwork.ToGateway(Gateway),
        };
    }
}
