using Spectre.Console;

namespace Plumbline.Cli.Demo;

/// <summary>Prints each stage of the demo as it happens.</summary>
internal sealed class DemoStage(IAnsiConsole console)
{
    private readonly long started = TimeProvider.System.GetTimestamp();
    private int number;

    /// <summary>The real time since the beginning.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(started);

    public void Begin(string title)
    {
        number++;
        console.MarkupLine($"[grey]{Elapsed.TotalSeconds, 5:0.0} s[/]  [bold]{number}. {Markup.Escape(title)}[/]");
    }

    public void Say(string text) =>
        console.MarkupLine($"[grey]{Elapsed.TotalSeconds, 5:0.0} s[/]     {Markup.Escape(text)}");
}
