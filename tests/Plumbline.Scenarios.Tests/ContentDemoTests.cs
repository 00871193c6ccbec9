using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>The demos of photos and of texts heal, each within its bars, which the program's exit code tells.</summary>
[Trait(Nightly.Part, "demos")]
public sealed class ContentDemoTests
{
    private const string Part = "demos";

    /// <summary>The share of the clean figure that the healed model must reach in the changed world.</summary>
    private const double Healed = 0.9;

    [NightlyFact("git", "bwrap")]
    public async Task Photos_in_a_fifth_of_the_light_are_read_again_after_the_loop() =>
        await HealsAsync("signs", "accuracy");

    [NightlyFact("git", "bwrap")]
    public async Task Spam_in_other_words_is_found_again_after_the_loop() => await HealsAsync("messages", "f1");

    private static async Task HealsAsync(string sample, string metric)
    {
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["TMPDIR"] = folder.Path };
        string[] arguments = ["demo", "--sample", sample, "--report", folder.At("report.json")];

        (await Shell.RunAsync(Plumb.Program, arguments, environment, folder.Path)).Succeeded();

        var report = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json")))!;
        double Figure(string name) => (double)report[metric]![name]!;
        Figure("drifted").ShouldBeLessThan(Healed * Figure("clean"));
        Figure("after_retrain_drifted").ShouldBeGreaterThanOrEqualTo(Healed * Figure("clean"));
        ((int)report["requests"]!["failed"]!).ShouldBe(0);
        Nightly.Note(
            Part,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sample}: clean {Figure("clean"):0.000}, changed {Figure("drifted"):0.000}, healed {Figure("after_retrain_drifted"):0.000}, {(double)report["seconds"]!:0} s"
            )
        );
    }
}
