using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Records;
using Plumbline.WebConsole.People;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb token</c>: the tokens with which programs deliver truths to the console.</summary>
internal static class TokenCommand
{
    public static Command Create() =>
        new("token", "Manage the tokens with which programs deliver truths") { Add(), List(), Remove() };

    private static Command Add()
    {
        var data = DataFolderOption.Create();
        var name = Name();
        var command = new Command("add", "Add a token and print it, once: only its hash is stored") { name, data };
        command.SetAction(parsed =>
        {
            var store = new TokenStore(parsed.GetValue(data)!.FullName);
            var token = store.Add(parsed.GetValue(name)!, TimeProvider.System.GetUtcNow());
            Console.WriteLine(token);
            Console.Error.WriteLine("Keep it now: it is not shown again. It may POST /api/truth and nothing else.");
            return CommandLine.Ok;
        });
        return command;
    }

    private static Command List()
    {
        var data = DataFolderOption.Create();
        var command = new Command("list", "List the names of the tokens") { data };
        command.SetAction(parsed =>
        {
            var table = Output.Table("name", "added");
            foreach (var token in new TokenStore(parsed.GetValue(data)!.FullName).List())
            {
                table.AddRow(Output.Text(token.Name), Output.Time(token.Created));
            }

            Output.Results.Write(table);
            return CommandLine.Ok;
        });
        return command;
    }

    private static Command Remove()
    {
        var data = DataFolderOption.Create();
        var name = Name();
        var command = new Command("remove", "Remove a token, which opens nothing from then on") { name, data };
        command.SetAction(parsed =>
        {
            var which = parsed.GetValue(name)!;
            if (!new TokenStore(parsed.GetValue(data)!.FullName).Remove(which))
            {
                throw new UserError(which, "the token does not exist: `plumb token list` shows the tokens");
            }

            Console.WriteLine($"{which} is removed.");
            return CommandLine.Ok;
        });
        return command;
    }

    private static Argument<string> Name() =>
        new("NAME") { Description = "The program's name, which the history shows" };
}
