using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.WebConsole.People;

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

    private static Command List() =>
        StoreCommands.List(
            "List the names of the tokens",
            folder => new TokenStore(folder).List(),
            ("name", token => Output.Text(token.Name)),
            ("added", token => Output.Time(token.Created))
        );

    private static Command Remove() =>
        StoreCommands.Remove(
            "Remove a token, which opens nothing from then on",
            Name(),
            "token",
            (folder, name) => new TokenStore(folder).Remove(name)
        );

    private static Argument<string> Name() =>
        new("NAME") { Description = "The program's name, which the history shows" };
}
