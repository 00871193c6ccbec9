using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>Takes the README's commands from the README and runs them in its order.</summary>
public sealed class ReadmeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [ProgramFact("git", "bwrap", "bash", "aws", "python3")]
    public async Task The_commands_of_the_readme_work_as_they_stand_there()
    {
        using var folder = new TemporaryFolder();
        await using var cloud = await CloudProcess.StartAsync(folder.At("data"));
        using var clients = new LoopClients(cloud.Connection);
        LoopContext? loop = null;
        var at = folder.Path;
        try
        {
            foreach (var line in Commands("plumb new moons"))
            {
                await ReadyAsync(line, loop, at);
                await RunAsync(line, at, folder);
                if (line.StartsWith("plumb new", StringComparison.Ordinal))
                {
                    at = folder.At("moons");
                    var project = await ProjectFolder.OpenAsync(at);
                    loop = await LoopContext.CreateAsync(project.Description, clients);
                }
            }

            foreach (var line in Commands("plumb user add"))
            {
                await RunAsync(line, at, folder);
            }

            var python = Block("import boto3");
            await RunAsync($"{string.Join('\n', Commands("plumb env"))}\npython3 - <<'END'\n{python}END", at, folder);
        }
        finally
        {
            if (loop is not null)
            {
                await RunningLoop.TakeDownAsync(loop);
            }
        }
    }

    private static IEnumerable<string> Commands(string containing) =>
        Block(containing)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            // The README runs `./plumb` in the repository's root; here the built program is on PATH.
            .Where(line => !line.StartsWith("export PATH", StringComparison.Ordinal));

    private static string Block(string containing) =>
        File.ReadAllText(Repository.Path("README.md"))
            .Split("```")
            .Where((_, index) => index % 2 == 1)
            .Single(block => block.Contains(containing, StringComparison.Ordinal))
            .Split('\n', 2)[1];

    /// <summary>Waits before the next command for the state that the command's comment names.</summary>
    private static async Task ReadyAsync(string line, LoopContext? loop, string at)
    {
        if (line.StartsWith("plumb models", StringComparison.Ordinal))
        {
            var group = new JsonObject { ["ModelPackageGroupName"] = loop!.Names.ModelPackageGroup };
            await Eventually.Async(
                async () => (await loop.Clients.SageMaker.ListModelPackagesAsync(group)).ModelPackageSummaryList.Any(),
                Patience
            );
        }
        else if (line.StartsWith("plumb invoke", StringComparison.Ordinal))
        {
            await Eventually.Async(
                async () => (await new ProductionModel(loop!).FindAsync())?.Status == "InService",
                Patience
            );
        }
        else if (line.StartsWith("plumb correct", StringComparison.Ordinal))
        {
            var captured = new Loop.GroundTruth.CapturedPredictions(loop!);
            await Eventually.Async(async () => await captured.FindAsync("visit-1") is not null, Patience);
        }
    }

    private static async Task RunAsync(string script, string at, TemporaryFolder folder)
    {
        var environment = new Dictionary<string, string>
        {
            ["PLUMBLINE_DATA"] = folder.At("data"),
            ["PATH"] = $"{Path.GetDirectoryName(Plumb.Program)}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_PAGER"] = "",
        };
        var run = await Shell.RunAsync("bash", ["-euo", "pipefail", "-c", script], environment, at);
        run.ExitCode.ShouldBe(0, $"{script}\n{run.Output}\n{run.Error}");
    }
}
