using System.CommandLine;
using Plumbline.Loop.Project;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb new</c>: lays out a model project.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The project's name: lower case letters, digits and hyphens",
        };
        var command = new Command("new", "Make a model project that trains as it is") { name };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = ProjectTemplate.Create(Environment.CurrentDirectory, parsed.GetValue(name)!);
                await new WorkTree(folder.Root).BeginAsync("A new Plumbline project", cancellationToken);
                Console.WriteLine($"{folder.Root} is ready: cd {parsed.GetValue(name)}, then `plumb push`.");
            }
        );
        return command;
    }
}
