using System.CommandLine;
using Plumbline.Records;

namespace Plumbline.Cli.Commands;

/// <summary>Asks before something is done that cannot be taken back.</summary>
internal static class Question
{
    /// <summary>The option that answers it beforehand.</summary>
    public static Option<bool> Option(string description) => new("--yes") { Description = description };

    /// <summary>True where the person says y or yes.</summary>
    /// <param name="question">One line.</param>
    /// <param name="command">Whoever asks.</param>
    /// <exception cref="UserError">Nobody is there to be asked.</exception>
    public static bool Ask(string question, string command)
    {
        if (Console.IsInputRedirected)
        {
            throw new UserError(command, $"{question} Nobody is here to be asked: --yes says so beforehand.");
        }

        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
