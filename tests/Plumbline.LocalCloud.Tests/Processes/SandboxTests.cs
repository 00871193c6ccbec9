using System.Diagnostics;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class SandboxTests : IDisposable
{
    private const string Attack = """
        input=/opt/ml/input/data/train/x.csv
        cat $input
        mount -o remount,rw,bind /opt/ml/input/data
        umount /opt/ml/input/data
        unshare --user --map-root-user --mount sh -c "mount -o remount,rw,bind /opt/ml/input/data; echo stolen > $input; umount /opt/ml/input/data"
        echo stolen > $input
        chmod 777 $input
        rm $input
        ln $input /opt/ml/model/link && echo stolen > /opt/ml/model/link
        cp /bin/true /usr/bin/plumbline-was-here
        echo survived > /opt/ml/model/done
        """;

    private readonly SandboxedFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_works_here() => await folder.Sandbox.RequireAsync();

    [Fact]
    public async Task A_job_cannot_remount_and_rewrite_its_input()
    {
        var (stored, spec) = WithInput(Attack);

        var (status, log) = await folder.RunAsync(spec);

        status.Succeeded.ShouldBeTrue(log);
        ShouldBeUntouched(stored);
    }

    [Fact]
    public async Task A_job_of_an_ordinary_user_cannot_either()
    {
        var (stored, spec) = WithInput(Attack);
        var (_, log) = await folder.RunAsOrdinaryUserAsync(spec);

        File.Exists(Path.Combine(folder.MlFolder("a"), "model", "done")).ShouldBeTrue(log);
        ShouldBeUntouched(stored);
    }

    [Fact]
    public async Task Two_jobs_do_not_see_each_other()
    {
        const string Script = "sleep 600 & echo mine > /opt/ml/mine; echo mine > /tmp/mine; echo mine > /dev/shm/mine;";
        var other = await folder.StartAsync(folder.Shell("other", Script + "echo up; wait"));
        await Eventually.Async(() => File.ReadAllText(other.LogFile) == "up\n");

        var (_, log) = await folder.RunAsync(
            folder.Shell("a", $"cat /proc/[0-9]*/comm; ls /opt/ml /tmp /dev/shm {folder.ProcessFolder("other")}")
        );

        log.ShouldNotContain("sleep");
        log.ShouldNotContain("mine");
        log.ShouldContain("No such file");
    }

    [Fact]
    public async Task Isolation_takes_the_network_but_not_the_loopback()
    {
        var (_, log) = await folder.RunAsync(folder.Shell("a", "cat /proc/net/dev"));

        log.Split('\n').Count(line => line.Contains(':', StringComparison.Ordinal)).ShouldBe(1, log);
        log.ShouldContain("lo:");
    }

    [Fact]
    public async Task A_proxy_of_this_machine_leads_only_those_who_reach_it()
    {
        var spec = folder.Shell("a", "echo ${http_proxy:-none} ${HTTPS_PROXY:-none} $no_proxy");
        var environment = new Dictionary<string, string>(spec.Environment)
        {
            ["http_proxy"] = "http://proxy:3128",
            ["HTTPS_PROXY"] = "http://proxy:3128",
            ["no_proxy"] = "localhost",
        };

        var (_, own) = await folder.RunAsync(spec with { Environment = environment });
        var (_, machines) = await folder.RunAsync(
            spec with
            {
                Folder = folder.ProcessFolder("b"),
                Environment = environment,
                Network = ProcessNetwork.Machine,
            }
        );

        own.ShouldBe("none none localhost\n");
        machines.ShouldBe("http://proxy:3128 http://proxy:3128 localhost\n");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_finds_the_address_of_its_own_host(bool isMachines)
    {
        var (_, log) = await folder.RunAsync(
            folder.Shell("a", "getent hosts $(hostname); getent hosts localhost > /dev/null && echo localhost too") with
            {
                Network = isMachines ? ProcessNetwork.Machine : ProcessNetwork.None,
            }
        );

        log.ShouldMatch(@"^127\.0\.0\.1 +algo-1\nlocalhost too\n$");
    }

    [Fact]
    public async Task No_descriptor_and_no_capability_of_the_server_reaches_a_job()
    {
        var (_, log) = await folder.RunAsync(folder.Shell("a", "ls -l /proc/self/fd; grep Cap /proc/self/status"));

        log.ShouldNotContain("socket:");
        log.Split('\n').Count(line => line.Contains(folder.Root, StringComparison.Ordinal)).ShouldBe(2, log);
        log.Split('\n')
            .Where(line =>
                line.StartsWith("Cap", StringComparison.Ordinal) && !line.StartsWith("CapBnd", StringComparison.Ordinal)
            )
            .ShouldAllBe(line => line.EndsWith("\t0000000000000000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sandbox_goes_on_when_the_thread_that_made_it_has_ended()
    {
        var seen = Path.Combine(folder.MlFolder("a"), "seen");
        var info = new ProcessStartInfo(
            "bwrap",
            [
                .. folder.Sandbox.Arguments(folder.Shell("a", "")),
                "--",
                "sh",
                "-c",
                "until [ -e /opt/ml/go ]; do sleep 0.02; done; : > /opt/ml/seen",
            ]
        );
        Process? sandbox = null;
        var thread = new Thread(() => sandbox = Process.Start(info));
        thread.Start();
        thread.Join();

        await File.WriteAllTextAsync(Path.Combine(folder.MlFolder("a"), "go"), "");
        (await sandbox!.EndAsync()).ShouldBe(0);
        File.Exists(seen).ShouldBeTrue();
        sandbox!.Dispose();
    }

    [Fact]
    public async Task A_program_goes_on_when_the_thread_that_started_it_has_ended()
    {
        await folder.Sandbox.RequireAsync();
        var spec = folder.Shell("a", "until [ -e /opt/ml/go ]; do sleep 0.02; done; echo on");
        SupervisedProcess? program = null;
        var thread = new Thread(() => program = folder.StartAsync(spec).GetAwaiter().GetResult());
        thread.Start();
        thread.Join();

        await File.WriteAllTextAsync(Path.Combine(folder.MlFolder("a"), "go"), "");
        var status = await program!.WaitAsync().InTimeAsync();

        status.Code.ShouldBe(0);
        (await File.ReadAllTextAsync(program.LogFile)).ShouldBe("on\n");
    }

    private static void ShouldBeUntouched(string stored)
    {
        File.ReadAllText(stored).ShouldBe("1,2,3\n");
        File.Exists("/usr/bin/plumbline-was-here").ShouldBeFalse();
    }

    private (string Stored, ProcessSpec Spec) WithInput(string script)
    {
        var stored = Path.Combine(folder.Root, "data", "object");
        File.WriteAllText(stored, "1,2,3\n");
        var spec = folder.Shell("a", script);
        var inputs = Path.Combine(spec.Folder, "inputs");
        Directory.CreateDirectory(Path.Combine(inputs, "train"));
        Directory.CreateDirectory(Path.Combine(folder.MlFolder("a"), "input", "data"));
        Directory.CreateDirectory(Path.Combine(folder.MlFolder("a"), "model"));
        var linked = Process.Start("ln", [stored, Path.Combine(inputs, "train", "x.csv")]);
        linked.End();
        return (stored, spec with { Binds = [.. spec.Binds, new Bind(inputs, "/opt/ml/input/data")] });
    }
}
