using System.Globalization;
using Plumbline.Records.Backtests;
using Spectre.Console;

namespace Plumbline.Cli.Commands.Backtests;

/// <summary>A backtest as text.</summary>
internal static class BacktestText
{
    public static void Write(IAnsiConsole console, BacktestReport report)
    {
        var kind = report.Kind();
        var head = (string first) =>
            Output.Table(
                first,
                kind.InSentence,
                "worst window",
                "trainings",
                "deployments",
                "trained rows",
                "labels",
                "$"
            );
        var policies = head("policy");
        foreach (var policy in report.Policies)
        {
            Add(policies, report, policy.Policy, policy);
        }
        console.Write(policies);
        if (report.Grid.Count > 0)
        {
            console.WriteLine();
            var grid = head("setting");
            foreach (var one in report.Grid)
            {
                Add(grid, report, one.Setting.Words(), one.Result);
            }
            console.Write(grid);
        }
        console.WriteLine();
        console.WriteLine(ReportHtml.Summary(report));
        console.WriteLine($"The alarm's threshold was {kind.Text(report.AlarmThreshold)}.");
        foreach (var advice in report.Recommendation)
        {
            console.WriteLine();
            console.WriteLine($"{advice.Setting}: {advice.Value}");
            console.WriteLine($"  {advice.Why}");
        }
        if (report.Grid.Count == 0)
        {
            console.WriteLine();
            console.WriteLine("`--grid` also recommends a schedule and an audit share.");
        }
    }

    private static void Add(Table table, BacktestReport report, string name, PolicyResult result) =>
        table.AddRow(
            Output.Text(name),
            Figure(report, result.Figure),
            report.Kind().Text(result.Worst()),
            $"{result.Trainings}",
            $"{result.Deployments}",
            $"{result.TrainedRows}",
            $"{result.Labels}",
            result.Dollars?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-"
        );

    private static string Figure(BacktestReport report, double value) =>
        report.Kind().IsShare ? value.ToString("0.0000", CultureInfo.InvariantCulture) : report.Kind().Text(value);
}
