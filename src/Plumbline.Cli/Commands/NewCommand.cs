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
            Description = $"Start from a sample: {string.Join(" or ", Samples.Names)}",
        };
        sample.AcceptOnlyFromAmong([.. Samples.Names]);
        var command = new Command("new", "Create a model project that is ready to train") { name, sample };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var files = parsed.GetValue(sample) is { } chosen
                    ? Samples.Files(chosen, parsed.GetValue(name)!)
                    : ProjectTemplate.Moons(parsed.GetValue(name)!);
                var folder = ProjectTemplate.Create(Environment.CurrentDirectory, parsed.GetValue(name)!, files);
                await new WorkTree(folder.Root).BeginAsync("A new Plumbline project", cancellationToken);
                Console.WriteLine($"{folder.Root} is ready: cd {parsed.GetValue(name)}, then `plumb push`.");
            }
        );
        return command;
    }
}
