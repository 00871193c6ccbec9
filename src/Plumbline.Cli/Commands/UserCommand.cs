using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Records;
using Plumbline.WebConsole.People;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb user</c>: who may sign in to the console.</summary>
internal static class UserCommand
{
    public static Command Create() =>
        new("user", "Manage the users of the console and their roles") { Add(), List(), Remove() };

    private static Command Add()
    {
        var data = DataFolderOption.Create();
        var name = Name();
        var role = new Option<UserRole>("--role")
        {
            Description = "viewer (reads), reviewer (also corrects predictions) or approver (also decides and starts)",
            DefaultValueFactory = _ => UserRole.Viewer,
            HelpName = "ROLE",
        };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input" };
        var command = new Command("add", "Add a user, or replace the password and role of one")
        {
            name,
            role,
            fromInput,
            data,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var password = parsed.GetValue(fromInput)
                    ? await Console.In.ReadLineAsync(cancellationToken) ?? ""
                    : Ask();
                var store = new UserStore(parsed.GetValue(data)!.FullName);
                var user = store.Put(
                    parsed.GetValue(name)!,
                    password,
                    parsed.GetValue(role),
                    TimeProvider.System.GetUtcNow()
                );
                Console.WriteLine($"{user.Name} may sign in as {Word(user.Role)}.");
                return CommandLine.Ok;
            }
        );
        return command;
    }

    private static Command List() =>
        StoreCommands.List(
            "List the users",
            folder => new UserStore(folder).List(),
            ("name", user => Output.Text(user.Name)),
            ("role", user => Word(user.Role)),
            ("added", user => Output.Time(user.Created))
        );

    private static Command Remove() =>
        StoreCommands.Remove(
            "Remove a user; their sessions end at once",
            Name(),
            "user",
            (folder, name) => new UserStore(folder).Remove(name)
        );

    private static Argument<string> Name() => new("NAME") { Description = "The user's name" };

    private static string Word(UserRole role) => role.ToString().ToLowerInvariant();

    private static string Ask()
    {
        if (Console.IsInputRedirected)
        {
            throw new UserError(
                "password",
                "standard input is not a terminal: pass the password with --password-stdin"
            );
        }

        var prompt = new TextPrompt<string>("Password:").Secret();
        var password = Output.Error.Prompt(prompt);
        return Output.Error.Prompt(new TextPrompt<string>("Once more:").Secret()) == password
            ? password
            : throw new UserError("password", "the two passwords differ: type the same one twice");
    }
}
