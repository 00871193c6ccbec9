using System.CommandLine;
using Plumbline.Records;

namespace Plumbline.Cli.Commands;

/// <summary>Asks before an action that cannot be undone.</summary>
internal static class Question
{
    /// <summary>The option that answers the question in advance.</summary>
    public static Option<bool> Option(string description) => new("--yes") { Description = description };

    /// <summary>True if the person types y or yes.</summary>
    /// <param name="question">One line.</param>
    /// <param name="command">The command that asks, for the error.</param>
    /// <exception cref="UserError">Standard input is not a terminal.</exception>
    public static bool Ask(string question, string command)
    {
        if (Console.IsInputRedirected)
        {
            throw new UserError(command, $"{question} Standard input is not a terminal: pass --yes to agree.");
        }

        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
