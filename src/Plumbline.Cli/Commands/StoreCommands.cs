using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary>The commands <c>list</c> and <c>remove</c> of a store of the console: its users, or its tokens.</summary>
internal static class StoreCommands
{
    /// <param name="description">The help text.</param>
    /// <param name="list">Reads the entries from the data folder.</param>
    /// <param name="cells">The columns: each has a title, and the cell of an entry as markup.</param>
    public static Command List<T>(
        string description,
        Func<string, IEnumerable<T>> list,
        params (string Title, Func<T, string> Cell)[] cells
    )
    {
        var data = DataFolderOption.Create();
        var command = new Command("list", description) { data };
        command.SetAction(parsed =>
        {
            var table = Output.Table([.. cells.Select(cell => cell.Title)]);
            foreach (var one in list(parsed.GetValue(data)!.FullName))
            {
                table.AddRow([.. cells.Select(cell => cell.Cell(one))]);
            }

            Output.Results.Write(table);
            return CommandLine.Ok;
        });
        return command;
    }

    /// <param name="description">The help text.</param>
    /// <param name="name">The argument with the entry's name.</param>
    /// <param name="kind"><c>user</c> or <c>token</c>.</param>
    /// <param name="remove">Removes an entry by data folder and name; false if it does not exist.</param>
    public static Command Remove(
        string description,
        Argument<string> name,
        string kind,
        Func<string, string, bool> remove
    )
    {
        var data = DataFolderOption.Create();
        var command = new Command("remove", description) { name, data };
        command.SetAction(parsed =>
        {
            var which = parsed.GetValue(name)!;
            if (!remove(parsed.GetValue(data)!.FullName, which))
            {
                throw new UserError(which, $"the {kind} does not exist: `plumb {kind} list` shows the {kind}s");
            }

            Console.WriteLine($"{which} is removed.");
            return CommandLine.Ok;
        });
        return command;
    }
}
