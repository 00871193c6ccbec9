using System.CommandLine;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli;

/// <summary>Results on stdout: text, or JSON with <c>--json</c>. Everything else goes to stderr.</summary>
internal static class Output
{
    /// <summary>Progress and hints for people, on stderr.</summary>
    public static IAnsiConsole Error { get; } =
        Console.IsErrorRedirected
            ? Plain(Console.Error)
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Results for people, on stdout.</summary>
    public static IAnsiConsole Results { get; } = Console.IsOutputRedirected ? Plain(Console.Out) : AnsiConsole.Console;

    /// <summary>A new <c>--json</c> option: each command needs its own.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Write the result as JSON" };

    /// <summary>Writes a result as JSON where <c>--json</c> is given, else with <paramref name="write"/>.</summary>
    public static void Write<T>(ParseResult parsed, T result, Action<IAnsiConsole, T> write)
    {
        if (
            parsed
                .CommandResult.Command.Options.OfType<Option<bool>>()
                .FirstOrDefault(option => option.Name == "--json")
                is { } json
            && parsed.GetValue(json)
        )
        {
            Console.Out.Write(RecordJson.WriteDocument(result));
            return;
        }

        write(Results, result);
    }

    /// <summary>A console for a file or a pipe: without colours, and so wide that no line wraps.</summary>
    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = 4096;
        return console;
    }

    /// <summary>A table without borders, as wide as its content.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None, Expand = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn($"[grey]{column}[/]") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    /// <summary>Escapes a value for Spectre's markup.</summary>
    public static string Text(object? value) => Markup.Escape(value?.ToString() ?? "");

    /// <summary>A time in UTC as <c>yyyy-MM-dd HH:mm:ss</c>; empty for null.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", null) ?? "";
}
