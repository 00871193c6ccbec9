using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>Builds Dockerfiles without Docker: each stage is a root folder, in which its RUN steps run.</summary>
/// <param name="folder">The parent folder of the roots.</param>
/// <param name="context">The source folder of COPY.</param>
internal sealed class ImageBuilder(string folder, string context)
{
    private readonly Dictionary<string, Image> stages = [];
    private int made;

    /// <summary>Builds the last stage of a file.</summary>
    /// <exception cref="InvalidOperationException">A step failed; the message has its line and output.</exception>
    public async Task<Image> BuildAsync(string file, string text)
    {
        var image = new Image("");
        foreach (var stage in Dockerfile.Parse(file, text))
        {
            image = await StageAsync(stage);
            stages[stage.Name ?? file] = image;
        }

        return image;
    }

    private async Task<Image> StageAsync(Stage stage)
    {
        var image = new Image(Path.Combine(folder, $"root-{made++}"));
        await StandIns.PullAsync(stage, image.Root);
        foreach (var step in stage.Steps)
        {
            switch (step.Keyword)
            {
                case "RUN" when !await StandIns.ReplaceAsync(step, image.Root):
                    var run = await image.BuildAsync(step.Text);
                    if (run.ExitCode != 0)
                    {
                        throw new InvalidOperationException($"{step.Place}: {run.ExitCode}\n{run.Output}\n{run.Error}");
                    }

                    break;
                case "COPY":
                    await CopyAsync(step, image.Root);
                    break;
                case "ENV":
                    var variables = step.Text.Split(' ').Select(one => one.Split('=', 2));
                    image = image with
                    {
                        Environment = image
                            .Environment.Concat(variables.Select(one => KeyValuePair.Create(one[0], one[1])))
                            .ToDictionary(),
                    };
                    break;
                case "ENTRYPOINT":
                    image = image with { EntryPoint = JsonSerializer.Deserialize<string[]>(step.Text)! };
                    break;
            }
        }

        return image;
    }

    /// <summary>Copies the content of a folder into the target folder, and makes it if needed.</summary>
    private async Task CopyAsync(Instruction copy, string root)
    {
        var (from, source, target) = copy.Text.Split(' ') switch
        {
            [var stage, var path, var at] when stage.StartsWith("--from=", StringComparison.Ordinal) => (
                stages[stage["--from=".Length..]].Root,
                path,
                at
            ),
            [var path, var at] => (context, path, at),
            _ => throw new NotSupportedException($"{copy.Place}: COPY {copy.Text} is not done here."),
        };
        var to = Directory.CreateDirectory(Path.Combine(root, target.TrimStart('/'))).FullName;
        var all = Path.Combine(from, source.TrimStart('/'), ".");
        (await Shell.RunAsync("cp", ["-r", "--preserve=mode,links", all, to])).Succeeded();
    }
}
