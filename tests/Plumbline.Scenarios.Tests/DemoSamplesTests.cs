using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary><c>plumb demo --sample</c> for the samples of tables.</summary>
[Trait(Nightly.Part, "demos")]
public sealed class DemoSamplesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [NightlyFact("git", "bwrap")]
    public async Task The_customers_cost_less_again_after_the_tariffs_have_changed()
    {
        var report = await PlayAsync("customers");

        var cost = report["cost"]!;
        ((double)cost["clean"]!).ShouldBeLessThan(0.5);
        ((double)cost["drifted"]!).ShouldBeGreaterThan(0.9);
        ((double)cost["after_retrain_drifted"]!).ShouldBeLessThan(0.6);
        ((double)cost["after_retrain_clean"]!).ShouldBeLessThan(0.5);
        report["alarm"]!.AsArray().Select(change => (string)change!["to"]!).ShouldBe(["OK", "ALARM", "OK"]);
        // A system delivers the truth of each request with a key; nobody reviews.
        ((int)report["labels"]!["audit"]!).ShouldBe(600 + 1500 + 600);
        ((int)report["labels"]!["uncertain"]!).ShouldBe(0);
    }

    [NightlyFact("git", "bwrap")]
    public async Task The_rentals_of_a_month_set_off_the_alarm_and_the_next_month_is_better_than_without_it()
    {
        var report = await PlayAsync("rentals", "--months", "2012-03,2012-04");

        var rmse = report["rmse"]!;
        ((double)rmse["with_the_loop"]!).ShouldBeLessThan(0.9 * (double)rmse["never_retrained"]!);
        report["deployments"]!.AsArray().Count.ShouldBe(2);
        report["deployments"]!.AsArray().ShouldAllBe(one => (string)one!["outcome"]! == "deployed");
        report["alarm"]!.AsArray().Select(change => (string)change!["to"]!).ShouldBe(["ALARM", "OK"]);
    }

    [Fact]
    public async Task An_unknown_sample_gives_one_message_with_the_samples_that_exist()
    {
        var run = await Shell.RunAsync(Plumb.Program, ["demo", "--sample", "cats"], Environment, folder.Path);

        run.ExitCode.ShouldBe(2);
        run.Error.Trim()
            .ShouldStartWith("plumb: --sample: 'cats' is not a sample of the demo: write one of customers, digits");
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private Dictionary<string, string> Environment => new() { ["TMPDIR"] = folder.Path };

    /// <summary>Plays a sample, and returns its report; each request was answered.</summary>
    private async Task<JsonNode> PlayAsync(string sample, params string[] more)
    {
        var file = folder.At("report.json");
        string[] arguments = ["demo", "--sample", sample, "--report", file, .. more];
        (await Shell.RunAsync(Plumb.Program, arguments, Environment, folder.Path)).Succeeded();
        var report = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        ((string)report["sample"]!).ShouldBe(sample);
        ((int)report["requests"]!["failed"]!).ShouldBe(0);
        report["executions"]!.AsArray().ShouldAllBe(one => (string)one!["status"]! == "Succeeded");
        return report;
    }
}
