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
        run.Output.ShouldMatch(
            @"policy\s+accuracy\s+worst window\s+trainings\s+deployments\s+trained rows\s+labels\s+\$"
        );
        run.Output.ShouldMatch(@"(?m)^\s*never\s+0\.\d{4}\s+0\.\d{3}\s+0\s+0\s+0\s+0\s+0\.00\s*$");
        run.Output.ShouldContain("1500 rows; the first 225 trained the first model, 8 windows were served.");
        var policies = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("report.json")))!["policies"]!.AsArray();
        policies
            .Select(one => (string)one!["policy"]!)
            .ShouldBe(["never", "alarm", "always", "always, decay", "always, recent", "blend", "project"]);
        var accuracy = policies.Select(one => (double)one!["figure"]!).ToArray();
        accuracy[5].ShouldBeGreaterThan(accuracy[0]);
        accuracy[6].ShouldBeGreaterThan(accuracy[0]);
        policies[5]!["figureByWindow"]!.AsArray().Count.ShouldBe(8);
        run.Output.ShouldContain("quality.threshold: 0.");
        run.Output.ShouldContain("retraining.budget: ");
    }

    [Fact]
    public async Task A_grid_recommends_settings_and_writes_a_page()
    {
        string[] grid =
        [
            "backtest",
            Write(600),
            "--label",
            "answer",
            "--windows",
            "6",
            "--grid",
            "--results",
            folder.At("results"),
            "--report",
            folder.At("report.html"),
        ];

        var run = await Plumb.RunAsync(folder.Path, folder.Path, grid);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("monitor.schedule: ");
        run.Output.ShouldContain("monitor.auditShare: ");
        var page = await File.ReadAllTextAsync(folder.At("report.html"));
        page.ShouldContain("Accuracy over time");
        page.ShouldContain("<svg class=\"chart\"");
        var played = Directory.GetFiles(folder.At("results")).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        played.Count.ShouldBeGreaterThan(15);

        (await Plumb.RunAsync(folder.Path, folder.Path, grid)).Output.ShouldBe(run.Output);

        Directory.GetFiles(folder.At("results")).ShouldAllBe(file => File.GetLastWriteTimeUtc(file) == played[file]);
    }

    [Fact]
    public async Task Numbers_are_replayed_as_a_regression()
    {
        var rows = Enumerable.Range(0, 400).Select(row => $"{row % 17},{row % 5},{(row % 17) * 3 + row % 5}.5");
        await File.WriteAllLinesAsync(folder.At("numbers.csv"), ["a,b,rentals", .. rows]);

        var run = await Plumb.RunAsync(
            folder.Path,
            folder.Path,
            "backtest",
            folder.At("numbers.csv"),
            "--label",
            "rentals",
            "--windows",
            "5",
            "--metric",
            "rmse"
        );

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldMatch(@"policy\s+RMSE\s+worst window");
    }

    [Fact]
    public async Task A_table_with_too_few_first_rows_is_replayed_without_the_projects_policy()
    {
        var run = await Plumb.RunAsync(
            folder.Path,
            folder.Path,
            "backtest",
            Write(12),
            "--label",
            "answer",
            "--windows",
            "3"
        );

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldContain("The policy 'project' is left out, because production could not train: ");
        run.Output.ShouldContain("blend");
    }

    [Theory]
    [InlineData("no column 'truth'", "--label", "truth")]
    [InlineData("--labels: must be a share over 0", "--label", "answer", "--labels", "0")]
    [InlineData("--time and --every: belong together", "--label", "answer", "--every", "7d")]
    [InlineData("rows.csv:1: has no column 'when'", "--label", "answer", "--every", "7d", "--time", "when")]
    [InlineData("--windows: the 100 rows of", "--label", "answer", "--windows", "1000")]
    [InlineData(
        "no label comes before the last window: write at most 2",
        "--label",
        "answer",
        "--windows",
        "4",
        "--delay",
        "3"
    )]
    [InlineData("--label: is missing: write the column", "--windows", "4")]
    [InlineData("--metric: mae needs numbers, and the label has classes", "--label", "answer", "--metric", "mae")]
    [InlineData("has the truth 'no', which is not a number", "--label", "answer", "--task", "regression")]
    [InlineData("--task: 'clustering' is not a task", "--label", "answer", "--task", "clustering")]
    [InlineData("--recipes: 'all' is not a recipe: write some of first, new", "--label", "answer", "--recipes", "all")]
    [InlineData("--threshold: must be over 0 and under 1", "--label", "answer", "--threshold", "80")]
    [InlineData("--budget: must be 0 or more", "--label", "answer", "--budget", "-3")]
    [InlineData("--instance: 'ml.big' is not an instance type", "--label", "answer", "--instance", "ml.big")]
    [InlineData("--metric: accuracy needs classes, and the label has numbers", "--label", "a", "--metric", "accuracy")]
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
