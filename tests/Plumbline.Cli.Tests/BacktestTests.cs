using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class BacktestTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Plumb_backtest_shows_each_policy_and_writes_a_report()
    {
        var file = Write(1_500);

        var run = await Plumb.RunAsync(
            folder.Path,
            folder.Path,
            "backtest",
            file,
            "--label",
            "answer",
            "--windows",
            "8",
            "--report",
            folder.At("report.json")
        );

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldMatch(@"policy\s+accuracy\s+worst window\s+trainings\s+trained rows");
        run.Output.ShouldMatch(@"(?m)^\s*never\s+0\.\d{4}\s+0\.\d{3}\s+0\s+0\s*$");
        run.Output.ShouldContain("1500 rows; the first 225 trained the first model, 8 windows were served.");
        var policies = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json")))!["policies"]!.AsArray();
        policies.Select(one => (string)one!["policy"]!).ShouldBe(["never", "alarm", "always", "blend"]);
        var accuracy = policies.Select(one => (double)one!["accuracy"]!).ToArray();
        accuracy[3].ShouldBeGreaterThan(accuracy[0]);
        policies[3]!["accuracyByWindow"]!.AsArray().Count.ShouldBe(8);
    }

    [Theory]
    [InlineData("no column 'truth'", "--label", "truth")]
    [InlineData("--labels: must be a share over 0", "--label", "answer", "--labels", "0")]
    [InlineData("--time and --every: belong together", "--label", "answer", "--every", "7d")]
    [InlineData("rows.csv:1: has no column 'when'", "--label", "answer", "--every", "7d", "--time", "when")]
    [InlineData("--windows: the 100 rows of", "--label", "answer", "--windows", "1000")]
    public async Task A_wrong_option_is_named(string message, params string[] options)
    {
        var run = await Plumb.RunAsync(folder.Path, folder.Path, ["backtest", Write(100), .. options]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
        run.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A stream with an abrupt change; one of its columns has names.</summary>
    private string Write(int rows)
    {
        var (features, truths) = DriftStreams.Abrupt(rows, 5);
        var lines = truths.Select(
            (truth, row) =>
            {
                var cells = features.AsSpan(row * DriftStreams.Columns, DriftStreams.Columns).ToArray();
                var numbers = cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture));
                return $"{string.Join(',', numbers)},{(cells[0] > 0.5f ? "\"high, or so\"" : "low")},{(truth == 1 ? "yes" : "no")}";
            }
        );
        var file = folder.At("rows.csv");
        File.WriteAllLines(file, ["a,b,c,d,e,f,name,answer", .. lines]);
        return file;
    }
}
