using Plumbline.Cli.Commands;
using Plumbline.Loop.Status;
using Plumbline.Records.GroundTruth;
using Spectre.Console;

namespace Plumbline.Cli.Tests;

/// <summary>The colors of <c>plumb status</c> in a terminal.</summary>
public sealed class StatusTests
{
    private const string Red = "\e[91m";
    private const string Danger = "Version 3 is rejected and still in production (late): `plumb rollback --reason ...`";

    [Fact]
    public void A_danger_is_written_in_red_and_nothing_else_is()
    {
        Shown(Danger).ShouldContain($"{Red}{Danger}");
        Shown(null).ShouldNotContain(Red);
    }

    [Theory]
    [InlineData("Failed k3v9 (push-3f9c)", "The training failed: `plumb steps` says why.")]
    [InlineData("Succeeded k3v9 (push-3f9c)", "Nothing is in production: approve a version")]
    public void A_failed_first_training_leaves_no_version_to_approve(string execution, string next) =>
        new LoopStatus(null, execution, [], null, null, null, null, new SetAside()).Next.ShouldStartWith(next);

    private static string Shown(string? danger)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Out = new AnsiConsoleOutput(written),
            }
        );
        console.Profile.Width = 200;
        StatusCommand.Write(console, new LoopStatus(null, null, [], null, null, null, null, new SetAside(), danger));
        return written.ToString();
    }
}
