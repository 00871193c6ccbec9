using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Tests.CodeBuild;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>A machine on which bubblewrap fails, as without memory or processes, until it is repaired.</summary>
[Collection("processes")]
public sealed class FailClosedTests : IAsyncLifetime
{
    private readonly TemporaryFolder programs = new();
    private readonly JobCloud cloud;

    public FailClosedTests()
    {
        StandIn("bwrap", $"[ -e {programs.At("mended")} ] || {{ echo no room >&2; kill -9 $$; }}\nexec bwrap \"$@\"");
        cloud = new JobCloud { Bubblewrap = programs.At("bwrap") };
    }

    private string Outside => programs.At("outside");

    public Task InitializeAsync() => cloud.InitializeAsync();

    public async Task DisposeAsync()
    {
        await cloud.DisposeAsync();
        programs.Dispose();
    }

    [Fact]
    public async Task Jobs_fail_with_the_reason_and_run_once_it_is_mended()
    {
        var trained = await cloud.TrainAsync(JobCloud.Training("refused", $"touch {Outside}"));
        var processed = await cloud.ProcessAsync(JobCloud.Processing("refused-too", $"touch {Outside}"));
        Mend();
        var mended = await cloud.TrainAsync(JobCloud.Training("mended", $"! touch {Outside}"));

        foreach (var job in (JsonObject[])[trained, processed])
        {
            job.Text("FailureReason").ShouldNotBeNull().ShouldContain("bubblewrap does not work on this machine");
            job.Text("FailureReason")!.ShouldContain("no room");
            job.Text("FailureReason")!.ShouldContain("--without-sandbox");
        }

        File.Exists(Outside).ShouldBeFalse();
        mended.Text("TrainingJobStatus").ShouldBe("Completed", mended.ToJsonString());
    }

    [Fact]
    public async Task A_build_fails_with_the_reason_in_its_phase()
    {
        var build = await cloud.BuildAsync($"touch {Outside}");

        ((string)build["buildStatus"]!).ShouldBe("FAILED");
        Contexts(build).ShouldContain("bubblewrap does not work on this machine");
        File.Exists(Outside).ShouldBeFalse();
    }

    [Fact]
    public async Task An_endpoint_fails_with_the_reason()
    {
        var container = new { Image = JobCloud.Image("shell") };
        await cloud.SageMakerAsync(
            "CreateModel",
            new
            {
                ModelName = "m",
                PrimaryContainer = container,
                ExecutionRoleArn = JobCloud.Role,
            }
        );
        var variant = new
        {
            VariantName = "v",
            ModelName = "m",
            InstanceType = "ml.m5.large",
            InitialInstanceCount = 1,
        };
        await cloud.SageMakerAsync(
            "CreateEndpointConfig",
            new { EndpointConfigName = "c", ProductionVariants = new[] { variant } }
        );
        await cloud.SageMakerAsync("CreateEndpoint", new { EndpointName = "e", EndpointConfigName = "c" });

        var endpoint = await Eventually.Async(
            () => cloud.SageMakerAsync("DescribeEndpoint", new { EndpointName = "e" }),
            one => one.Text("EndpointStatus") == "Failed"
        );

        endpoint.Text("FailureReason").ShouldNotBeNull().ShouldContain("bubblewrap does not work on this machine");
        await cloud.SageMakerAsync("DeleteEndpoint", new { EndpointName = "e" });
    }

    [Fact]
    public async Task A_sandbox_that_fails_after_it_was_found_to_work_fails_what_it_was_made_for()
    {
        Mend();
        // The probe at the start may have begun before the repair.
        await Eventually.Async(async () =>
        {
            try
            {
                await cloud.Service<Sandbox>().RequireAsync();
                return true;
            }
            catch (SandboxFailure)
            {
                return false;
            }
        });
        // Only a program's sandbox gets its arguments through a file.
        StandIn("bwrap", "case \"$*\" in *--args*) echo out of memory >&2; kill -9 $$;; esac\nexec bwrap \"$@\"");

        var job = await cloud.TrainAsync(JobCloud.Training("late", $"touch {Outside}"));
        var build = await cloud.BuildAsync($"touch {Outside}");

        job.Text("FailureReason").ShouldNotBeNull().ShouldContain("The sandbox could not be made: ");
        Contexts(build).ShouldContain("The sandbox could not be made: ");
        File.Exists(Outside).ShouldBeFalse();
    }

    private static string Contexts(JsonObject build) => build["phases"]!.ToJsonString();

    private void Mend() => File.WriteAllText(programs.At("mended"), "");

    private void StandIn(string name, string script)
    {
        var beside = programs.At($"{name}.new");
        File.WriteAllText(beside, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(beside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(beside, programs.At(name), overwrite: true);
    }
}
