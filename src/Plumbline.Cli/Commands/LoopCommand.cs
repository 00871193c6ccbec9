using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;

namespace Plumbline.Cli.Commands;

/// <summary>A command about one project's loop, with options for cloud and project.</summary>
internal static class LoopCommand
{
    /// <param name="name">The word after <c>plumb</c>.</param>
    /// <param name="description">One line for the help.</param>
    /// <param name="runAsync">The action; returns the exit code.</param>
    /// <param name="own">The arguments and options that only this command has.</param>
    public static Command Create(
        string name,
        string description,
        Func<LoopContext, ParseResult, CancellationToken, Task<int>> runAsync,
        params IEnumerable<Symbol> own
    ) =>
        CreateInFolder(
            name,
            description,
            (loop, _, parsed, cancellationToken) => runAsync(loop, parsed, cancellationToken),
            own
        );

    /// <summary>The same, for an action that also needs the project's folder.</summary>
    /// <inheritdoc cref="Create"/>
    public static Command CreateInFolder(
        string name,
        string description,
        Func<LoopContext, ProjectFolder, ParseResult, CancellationToken, Task<int>> runAsync,
        params IEnumerable<Symbol> own
    )
    {
        var home = new HomeOptions();
        var command = new Command(name, description);
        foreach (var symbol in own)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        home.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = await home.ProjectAsync(parsed, cancellationToken);
                var loop = await home.LoopAsync(folder.Description, parsed, cancellationToken);
                return await runAsync(loop, folder, parsed, cancellationToken);
            }
        );
        return command;
    }
}
