using System.Diagnostics;
using System.Globalization;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Tests.SageMaker.Endpoints;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>
/// Sends SIGKILL to each process between a supervisor and its program. A job or a build must fail at once; an endpoint
/// must answer again.
/// </summary>
[Collection("processes")]
[Trait(Nightly.Part, "kills")]
public sealed class KilledProcessTests
{
    private const string Program = "sleep";

    [ProgramFact("bwrap")]
    public async Task A_job_of_which_any_process_is_killed_has_failed_and_nothing_of_it_goes_on()
    {
        var cloud = new JobCloud();
        await cloud.InitializeAsync();
        try
        {
            await ForEachAsync(
                "job",
                Path.Combine(cloud.DataFolder, "jobs"),
                Program,
                count =>
                    cloud.SageMakerAsync(
                        "CreateTrainingJob",
                        JobCloud.Training($"killed-{count}", "sleep 600 && true")
                    ),
                async (count, _) =>
                {
                    var job = await cloud.TrainedAsync($"killed-{count}");
                    job.Text("TrainingJobStatus").ShouldBe("Failed");
                }
            );
        }
        finally
        {
            await cloud.DisposeAsync();
        }
    }

    [ProgramFact("bwrap", "git")]
    public async Task A_build_of_which_any_process_is_killed_has_failed_and_nothing_of_it_goes_on()
    {
        var cloud = new RunningCloud();
        await cloud.InitializeAsync();
        try
        {
            await PrepareBuildAsync(cloud);
            var id = "";
            await ForEachAsync(
                "build",
                Path.Combine(cloud.DataFolder, "builds"),
                Program,
                async _ =>
                {
                    var started = await cloud.CallAsync("codebuild", "StartBuild", new { projectName = "killed" });
                    id = (string)started["build"]!["id"]!;
                },
                async (_, _) =>
                {
                    var ended = await Eventually.Async(
                        async () =>
                            (string?)
                                (await cloud.CallAsync("codebuild", "BatchGetBuilds", new { ids = new[] { id } }))[
                                    "builds"
                                ]![0]!["buildStatus"],
                        status => status != "IN_PROGRESS"
                    );
                    ended.ShouldBe("FAILED");
                }
            );
        }
        finally
        {
            await cloud.DisposeAsync();
        }
    }

    [ProgramFact("bwrap", "python3")]
    public async Task An_endpoint_of_which_any_process_is_killed_answers_again()
    {
        var cloud = new EndpointCloud();
        await cloud.InitializeAsync();
        try
        {
            await cloud.ConfigureAsync("killed-1", "alive");
            await cloud.CreateAsync("killed", "killed-1");
            await ForEachAsync(
                "endpoint",
                Path.Combine(cloud.Cloud.DataFolder, "servers"),
                "python3",
                _ => Task.CompletedTask,
                async (_, chain) =>
                {
                    // It may answer once more before its end is noticed.
                    await Eventually.Async(() => chain.IsGone);
                    await Eventually.Async(() => AsksAsync(cloud));
                }
            );
        }
        finally
        {
            await cloud.DisposeAsync();
        }
    }

    /// <summary>
    /// Starts the program, kills the first process and checks the result; then the second, and so on to the last.
    /// </summary>
    private static async Task ForEachAsync(
        string what,
        string folder,
        string program,
        Func<int, Task> startAsync,
        Func<int, ProcessChain, Task> recoverAsync
    )
    {
        var times = new List<string>();
        for (int index = 0, count = 1; index < count; index++)
        {
            await startAsync(index);
            var chain = await ProcessChain.FindAsync(folder, program);
            count = chain.Count;
            var clock = Stopwatch.StartNew();
            var killed = chain.Kill(index);
            await recoverAsync(index, chain);
            times.Add(string.Create(CultureInfo.InvariantCulture, $"{killed} {clock.Elapsed.TotalSeconds:0.0} s"));
            await Eventually.Async(() => chain.IsGone);
        }

        times.Count.ShouldBeGreaterThan(2);
        Nightly.Note("kills", $"{what}: {string.Join(", ", times)}");
    }

    private static async Task<bool> AsksAsync(EndpointCloud cloud)
    {
        try
        {
            return await cloud.AskAsync("killed", "1") == "alive";
        }
        catch (AwsException)
        {
            return false;
        }
    }

    private static async Task PrepareBuildAsync(RunningCloud cloud)
    {
        var made = await cloud.CallAsync("codecommit", "CreateRepository", new { repositoryName = "killed" });
        var buildspec = "version: 0.2\nphases:\n  build:\n    commands:\n      - sleep 600\n      - true\n";
        await cloud.CallAsync(
            "codecommit",
            "CreateCommit",
            new
            {
                repositoryName = "killed",
                branchName = "main",
                putFiles = new[]
                {
                    new
                    {
                        filePath = "buildspec.yml",
                        fileContent = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(buildspec)),
                    },
                },
            }
        );
        await cloud.CallAsync(
            "codebuild",
            "CreateProject",
            new
            {
                name = "killed",
                source = new { type = "CODECOMMIT", location = (string)made["repositoryMetadata"]!["cloneUrlHttp"]! },
                artifacts = new { type = "NO_ARTIFACTS" },
                environment = new
                {
                    type = "LINUX_CONTAINER",
                    image = "plumbline",
                    computeType = "BUILD_GENERAL1_SMALL",
                },
                serviceRole = "arn:aws:iam::000000000000:role/build",
            }
        );
    }
}
