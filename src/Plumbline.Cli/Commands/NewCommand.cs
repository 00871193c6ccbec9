using System.CommandLine;
using Plumbline.Cli.Demo;
using Plumbline.Loop.Project;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb new</c>: creates a model project.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The project's name: lower case letters, digits and hyphens",
        };
        var sample = new Option<string?>("--sample")
        {
            Description = $"Start from a sample: {string.Join(", ", Samples.Names)}",
        };
        sample.AcceptOnlyFromAmong([.. Samples.Names]);
        var data = new Option<FileInfo?>("--data")
        {
            Description =
                "Start from your own data: a CSV with a header line, a folder with a subfolder of images or texts for each class, or JSON Lines",
        };
        var label = new Option<string>("--label")
        {
            Description = "With --data: the column, or the member of the lines, with the true label",
            DefaultValueFactory = _ => "label",
        };
        var command = new Command("new", "Create a model project that is ready to train") { name, sample, data, label };
        command.Validators.Add(result =>
        {
            if (result.GetValue(sample) is not null && result.GetValue(data) is not null)
            {
                result.AddError("--sample and --data: write only one of them");
            }
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var own = parsed.GetValue(data);
                var contents = own is null
                    ? null
                    : OwnContents.Of(parsed.GetValue(name)!, own.FullName, parsed.GetValue(label)!);
                var files =
                    contents is not null ? contents.Files
                    : own is not null
                        ? OwnTable.Files(
                            parsed.GetValue(name)!,
                            own.FullName,
                            parsed.GetValue(label)!,
                            Console.WriteLine
                        )
                    : parsed.GetValue(sample) is { } chosen ? Samples.Files(chosen, parsed.GetValue(name)!)
                    : ProjectTemplate.Moons(parsed.GetValue(name)!);
                var folder = ProjectTemplate.Create(Environment.CurrentDirectory, parsed.GetValue(name)!, files);
                if (contents is not null)
                {
                    contents.CopyTo(folder);
                }
                else if (parsed.GetValue(sample) is { } copied)
                {
                    Samples.CopyPhotos(copied, folder);
                }
                else if (own is not null)
                {
                    File.Copy(own.FullName, folder.DataFile);
                }
                await new WorkTree(folder.Root).BeginAsync("A new Plumbline project", cancellationToken);
                Console.WriteLine($"{folder.Root} is ready: cd {parsed.GetValue(name)}, then `plumb push`.");
            }
        );
        return command;
    }
}
