using System.Diagnostics;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class SupervisorTests : IDisposable
{
    private readonly SandboxedFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_program_prints_and_its_exit_code_are_kept(bool sandboxed)
    {
        var spec = folder.Shell("a", "echo out; echo err >&2; read line || echo nothing to read; exit 7") with
        {
            Sandboxed = sandboxed,
        };

        var (status, log) = await folder.RunAsync(spec);

        log.ShouldBe("out\nerr\nnothing to read\n");
        status.Code.ShouldBe(7);
        status.Succeeded.ShouldBeFalse();
        status.SandboxFailed.ShouldBeFalse();
        status.TimedOut.ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_has_the_environment_it_was_given_and_no_other()
    {
        Environment.SetEnvironmentVariable("PLUMBLINE_TEST_SECRET", "hidden");
        var spec = folder.Shell("a", "env");
        var environment = new Dictionary<string, string>(spec.Environment) { ["GIVEN"] = "two words\nand 'quotes'" };

        var (_, log) = await folder.RunAsync(spec with { Environment = environment });

        log.ShouldContain("GIVEN=two words\nand 'quotes'\n");
        log.ShouldNotContain("hidden");
    }

    [Fact]
    public async Task A_second_server_finds_a_running_process_and_its_end()
    {
        await folder.StartAsync(folder.Shell("a", "while [ ! -e /opt/ml/go ]; do sleep 0.02; done; exit 5"));

        await Eventually.Async(() => Supervisor.Adopt(folder.ProcessFolder("a")) is { HasEnded: false });
        var adopted = Supervisor.Adopt(folder.ProcessFolder("a")).ShouldNotBeNull();
        await File.WriteAllTextAsync(Path.Combine(folder.MlFolder("a"), "go"), "");

        (await adopted.WaitAsync().InTimeAsync()).Code.ShouldBe(5);
        Supervisor.Adopt(folder.ProcessFolder("a")).ShouldNotBeNull().HasEnded.ShouldBeTrue();
    }

    [Fact]
    public void A_folder_in_which_nothing_was_started_has_nothing_to_adopt()
    {
        folder.MlFolder("a");

        Supervisor.Adopt(folder.ProcessFolder("a")).ShouldBeNull();
        Supervisor.Adopt(folder.ProcessFolder("never")).ShouldBeNull();
    }

    [Fact]
    public async Task A_process_whose_supervisor_was_killed_is_dead_and_known_to_be_lost()
    {
        var process = await folder.StartAsync(folder.Shell("a", "echo up; exec sleep 600"));
        await Eventually.Async(() => File.ReadAllText(process.LogFile) == "up\n");
        var supervisor = int.Parse(await File.ReadAllTextAsync(Path.Combine(process.Folder, "pid")), null);

        Process.GetProcessById(supervisor).Kill();

        (await process.WaitAsync().InTimeAsync()).Code.ShouldBeNull();
        await Eventually.Async(() => ProcessTree.FindProgram(supervisor) is null);
    }

    [Fact]
    public async Task Starting_in_the_folder_of_a_running_program_joins_it()
    {
        var spec = folder.Shell("a", "echo once; while [ ! -e /opt/ml/go ]; do sleep 0.02; done; exit 3");
        var first = await folder.StartAsync(spec);
        await Eventually.Async(() => File.ReadAllText(first.LogFile) == "once\n");

        var second = await folder.StartAsync(spec);
        await File.WriteAllTextAsync(Path.Combine(folder.MlFolder("a"), "go"), "");

        (await first.WaitAsync().InTimeAsync()).Code.ShouldBe(3);
        (await second.WaitAsync().InTimeAsync()).Code.ShouldBe(3);
        (await File.ReadAllTextAsync(first.LogFile)).ShouldBe("once\n");
    }

    [Fact]
    public async Task Stop_reaches_the_program_inside_which_may_end_in_its_own_way()
    {
        var process = await folder.StartAsync(
            folder.Shell("a", "trap 'echo saving; exit 0' TERM; echo up; while :; do sleep 0.02; done")
        );
        await Eventually.Async(() => File.ReadAllText(process.LogFile) == "up\n");

        await Supervisor.StopAsync(process);

        (await process.WaitAsync().InTimeAsync()).Code.ShouldBe(0);
        File.ReadAllText(process.LogFile).ShouldBe("up\nsaving\n");
    }

    [Fact]
    public async Task Stop_kills_what_does_not_listen_and_an_adopting_server_can_ask_for_it()
    {
        var process = await folder.StartAsync(
            folder.Shell("a", "trap '' TERM; echo up; while :; do sleep 0.02; done") with
            {
                StopGrace = TimeSpan.FromSeconds(0.2),
            }
        );
        await Eventually.Async(() => File.ReadAllText(process.LogFile) == "up\n");

        await Supervisor.StopAsync(Supervisor.Adopt(process.Folder)!);

        var status = await process.WaitAsync().InTimeAsync();
        status.Code.ShouldBe(137);
        status.TimedOut.ShouldBeFalse();
    }

    [Theory]
    [InlineData("exec sleep 600", 124)]
    [InlineData("trap '' TERM; while :; do sleep 0.02; done", 137)]
    public async Task A_limit_holds_inside_the_sandbox(string script, int code)
    {
        var spec = folder.Shell("a", script) with
        {
            Limit = TimeSpan.FromSeconds(2),
            StopGrace = TimeSpan.FromSeconds(0.2),
        };

        var (status, _) = await folder.RunAsync(spec);

        status.Code.ShouldBe(code);
        status.TimedOut.ShouldBeTrue();
    }

    [Fact]
    public async Task A_program_that_exits_like_a_limit_did_not_reach_it()
    {
        var spec = folder.Shell("a", "exit 124") with { Limit = TimeSpan.FromSeconds(60) };

        (await folder.RunAsync(spec)).Status.TimedOut.ShouldBeFalse();
    }

    [Fact]
    public async Task A_sandbox_that_cannot_be_made_is_told_from_a_program_that_fails()
    {
        var spec = folder.Shell("a", "exit 0") with { Binds = [new Bind("/does/not/exist", "/opt/ml")] };

        var (status, log) = await folder.RunAsync(spec);

        status.SandboxFailed.ShouldBeTrue();
        log.ShouldContain("/does/not/exist");
    }
}
