using System.CommandLine;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli;

/// <summary>Results on stdout: for people as text, with <c>--json</c> for machines. Everything else goes to stderr.</summary>
internal static class Output
{
    /// <summary>Text for people that is no result: progress, hints.</summary>
    public static IAnsiConsole Error { get; } =
        Console.IsErrorRedirected
            ? Plain(Console.Error)
            : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Results for people.</summary>
    public static IAnsiConsole Results { get; } = Console.IsOutputRedirected ? Plain(Console.Out) : AnsiConsole.Console;

    /// <summary>The option, one for each command.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Write the result as JSON" };

    /// <summary>Writes a result.</summary>
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

    /// <summary>Into a file or a pipe: no colours, and no line is broken.</summary>
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

    /// <summary>A table without frames, as wide as what is in it.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.None, Expand = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn($"[grey]{column}[/]") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    /// <summary>Text from elsewhere, safe in markup.</summary>
    public static string Text(object? value) => Markup.Escape(value?.ToString() ?? "");

    /// <summary>A time as people read it, UTC.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", null) ?? "";
}
