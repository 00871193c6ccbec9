using Spectre.Console;

namespace Plumbline.Cli.Demo;

/// <summary>Prints each stage of the demo as it happens.</summary>
internal sealed class DemoStage(IAnsiConsole console)
{
    private readonly long started = TimeProvider.System.GetTimestamp();
    private int number;

    public void Begin(string title)
    {
        number++;
        console.MarkupLine($"[grey]{Elapsed(), 5:0.0} s[/]  [bold]{number}. {Markup.Escape(title)}[/]");
    }

    public void Say(string text) => console.MarkupLine($"[grey]{Elapsed(), 5:0.0} s[/]     {Markup.Escape(text)}");

    private double Elapsed() => TimeProvider.System.GetElapsedTime(started).TotalSeconds;
}
