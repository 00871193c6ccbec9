using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Loop.Project;
using Plumbline.Loop.Training;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The training image of docs/own-image.md: the page's program stands for it in the local cloud.</summary>
internal sealed class OwnImage(RunningLoop running)
{
    public const string Uri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/bent-lines:7";

    private const string Training = $$"""
        training:
          algorithm: container
          image: {{Uri}}
          instance: ml.m5.xlarge
          hyperparameters: {knots: "3,10"}


        """;

    /// <summary>The table of the programs that stand for images.</summary>
    public string Table { get; } = Path.Combine(running.Data, "images.json");

    private string Program => Path.Combine(Path.GetDirectoryName(running.Project)!, "trainer", "run");

    /// <summary>Commits a description that trains in the image.</summary>
    public async Task DescribeAsync()
    {
        var yaml = Path.Combine(running.Project, ProjectFolder.DescriptionFile);
        var text = await File.ReadAllTextAsync(yaml);
        await File.WriteAllTextAsync(yaml, Regex.Replace(text, "(?ms)^training:\n.*?(?=^\\S)", Training));
        await new WorkTree(running.Project).CommitAllAsync("An image of its own", CancellationToken.None);
    }

    /// <summary>Writes the page's program, and the line that names it.</summary>
    public async Task StandForItAsync(Func<string, string> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Program)!);
        var page = await File.ReadAllTextAsync(Repository.Path("docs/own-image.md"));
        var program = Regex.Match(page, "(?s)```python\n(.*?)```").Groups[1].Value;
        await File.WriteAllTextAsync(Program, change(program));
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var lines = JsonNode.Parse(await File.ReadAllTextAsync(Table))!.AsArray();
        if (!lines.Any(line => line!["command"]![0]!.GetValue<string>() == Program))
        {
            var line = new JsonObject
            {
                ["image"] = "*/bent-lines:*",
                ["command"] = new JsonArray(Program),
                ["algorithm"] = "exec",
            };
            lines.Insert(0, line);
            await File.WriteAllTextAsync(Table, lines.ToJsonString());
        }
    }

    /// <summary>Waits until this many executions have failed, and returns the reason of the newest one's failed step.</summary>
    public async Task<string> FailureAsync(int count)
    {
        // The loop itself may have started another one meanwhile, so the place in the list says nothing.
        var failed = (
            await Eventually.Async(
                running.ExecutionsAsync,
                all =>
                    all.Count(one => one.PipelineExecutionStatus == "Failed") == count
                    && all.All(one => one.PipelineExecutionStatus is not ("Executing" or "Stopping"))
            )
        ).Last(one => one.PipelineExecutionStatus == "Failed");
        var steps = await new Executions(running.Loop).StepsAsync(failed.PipelineExecutionArn);
        return steps.First(step => step.FailureReason is not null).FailureReason!;
    }
}
