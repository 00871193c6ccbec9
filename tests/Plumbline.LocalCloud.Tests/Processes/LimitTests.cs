using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

[Collection("processes")]
public sealed class LimitTests : IDisposable
{
    private const long Megabyte = 1024 * 1024;
    private static readonly ProcessLimits Small = new(Memory: 200 * Megabyte, Processes: 40, FileSize: Megabyte);

    private readonly SandboxedFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<bool> Users => Environment.IsPrivilegedProcess ? [false, true] : [false];

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Memory_beyond_the_instances_is_refused(bool asOrdinaryUser)
    {
        const string Script = "perl -e '$x = \"x\" x 400_000_000; print length $x'; code=$?; echo; echo ended $code";

        var log = await RunAsync(Script, asOrdinaryUser);

        log.ShouldNotContain("400000000");
        log.ShouldContain("ended ");
        log.ShouldNotContain("ended 0");
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_fork_bomb_ends_at_the_number_of_processes(bool asOrdinaryUser)
    {
        const string Script =
            "perl -e '$| = 1; for (1 .. 400) { $p = fork; last unless defined $p; unless ($p) { sleep 60; exit } $n++ } print \"made $n\\n\"; kill 9, -1'";

        var log = await RunAsync(Script, asOrdinaryUser);

        var made = int.Parse(log.Split("made ")[1].Split('\n')[0], null);
        made.ShouldBeLessThanOrEqualTo(40);
        made.ShouldBeGreaterThan(10);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_file_grows_to_the_volumes_size_and_no_further(bool asOrdinaryUser)
    {
        var log = await RunAsync("head -c 3000000 /dev/zero > /opt/ml/big; echo ended $?", asOrdinaryUser);

        log.ShouldContain("ended 153");
        new FileInfo(Path.Combine(folder.MlFolder("a"), "big")).Length.ShouldBe(Megabyte);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task Folders_in_memory_files_and_cores_have_their_limits(bool asOrdinaryUser)
    {
        const string Script = """
            for d in /tmp /var/tmp /dev/shm; do df -k $d | tail -1 | awk '{ print "size " $2 }'; done
            ulimit -c; ulimit -n
            """;

        var log = await RunAsync(Script, asOrdinaryUser);

        log.Split("size 204800\n").Length.ShouldBe(4, log);
        log.ShouldContain("\n0\n");
        log.ShouldNotContain("unlimited");
    }

    [Fact]
    public async Task A_job_that_runs_out_of_memory_says_so_where_control_groups_can_be_made()
    {
        if (ControlGroups.Make(Small) is not [_, ..] groups)
        {
            return;
        }

        groups.ToList().ForEach(Directory.Delete);
        var (status, log) = await folder.RunAsync(Spec("exec perl -e '$x = \"x\" x 400_000_000; sleep 60'"));

        status.OutOfMemory.ShouldBeTrue(log);
        JobVerdict
            .Of(status, new JobFolder(folder.ProcessFolder("a"), sandboxed: true), stopWasAsked: false)
            .FailureReason.ShouldNotBeNull()
            .ShouldStartWith("ClientError: Please use an instance type with more memory");
        // The supervisor removes them after the kernel has ended the sandbox's last processes.
        var left = File.ReadAllLines(Path.Combine(folder.ProcessFolder("a"), "groups"));
        await Eventually.Async(() => Task.FromResult(!left.Any(Directory.Exists)));
    }

    [Fact]
    public async Task A_job_whose_file_grew_beyond_its_volume_says_so()
    {
        var (status, _) = await folder.RunAsync(Spec("exec head -c 3000000 /dev/zero > /opt/ml/big"));

        JobVerdict
            .Of(status, new JobFolder(folder.ProcessFolder("a"), sandboxed: true), stopWasAsked: false)
            .FailureReason.ShouldBe(
                "ClientError: The job's files outgrew its VolumeSizeInGB: raise it, or write less., exit code: 153"
            );
    }

    [Fact]
    public async Task A_program_is_the_first_that_the_kernel_ends_when_this_machine_runs_out_of_memory()
    {
        var (_, log) = await folder.RunAsync(Spec("cat /proc/self/oom_score_adj"));

        log.ShouldBe("500\n");
    }

    [Theory]
    [InlineData("ml.m5.large", 8)]
    [InlineData("ml.t3.medium", 4)]
    [InlineData("ml.c5.2xlarge", 16)]
    [InlineData("ml.r5.large", 16)]
    [InlineData("ml.p3.8xlarge", 244)]
    [InlineData("ml.p3.2xlarge", 61)]
    [InlineData("ml.g4dn.xlarge", 16)]
    [InlineData("ml.p5.48xlarge", 2048)]
    [InlineData("ml.unheard.2xlarge", 32)]
    public void The_limits_follow_the_instance_type_within_this_machine(string type, double gigabytes)
    {
        InstanceSize.Of(type).Memory.ShouldBe(gigabytes);

        var limits = InstanceLimits.Of(InstanceSize.Of(type), volume: 5);

        var machine = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.9;
        limits.Memory.ShouldBe((long)Math.Min(gigabytes * 1024 * Megabyte, machine));
        limits.FileSize.ShouldBe(5 * 1024 * Megabyte);
        limits.Processes.ShouldBe(InstanceSize.Of(type).Cpus * 512);
    }

    private ProcessSpec Spec(string script) => folder.Shell("a", script) with { Limits = Small };

    private async Task<string> RunAsync(string script, bool asOrdinaryUser) =>
        asOrdinaryUser
            ? (await folder.RunAsOrdinaryUserAsync(Spec(script))).Log
            : (await folder.RunAsync(Spec(script))).Log;
}
