using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Costs;
using Plumbline.Loop.Retraining;
using Plumbline.Records.Project;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb cost</c>: what the loop costs on AWS, before anything is started there.</summary>
internal static class CostCommand
{
    private const double ExpectedHours = 24;
    private const double ExpectedMinutes = 10;

    public static Command Create()
    {
        var home = new HomeOptions();
        var hours = Positive("--hours", "The expected duration of a training, in hours", ExpectedHours);
        var minutes = Positive(
            "--monitor-minutes",
            "The expected duration of a monitoring job, in minutes",
            ExpectedMinutes
        );
        var requests = Positive(
            "--requests",
            "The expected requests to the endpoint per day",
            LoopCost.UsualRequests,
            1e12
        );
        var spent = new Option<bool>("--spent")
        {
            Description = "Show what this month's trainings cost so far, by the seconds of their jobs, and the budget",
        };
        var command = new Command("cost", "Show what a training run, the endpoint and monitoring cost on AWS")
        {
            hours,
            minutes,
            requests,
            spent,
            Output.JsonOption(),
        };
        home.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = await home.ProjectAsync(parsed, cancellationToken);
                if (parsed.GetValue(spent))
                {
                    var loop = await home.LoopAsync(folder.Description, parsed, cancellationToken);
                    Output.Write(parsed, await RetrainingOutlook.SpendAsync(loop, cancellationToken), Write);
                    return;
                }

                var cost = LoopCost.Of(
                    folder.Description,
                    TimeSpan.FromHours(parsed.GetValue(hours)),
                    TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                    parsed.GetValue(requests)
                );
                Output.Write(parsed, cost, Write);
            }
        );
        return command;
    }

    /// <summary>Writes the expected cost of a loop to stderr.</summary>
    public static void Announce(ProjectDescription project) =>
        Write(
            Output.Error,
            LoopCost.Of(project, TimeSpan.FromHours(ExpectedHours), TimeSpan.FromMinutes(ExpectedMinutes))
        );

    /// <summary>One line about the endpoint's cost, shown before a deployment.</summary>
    public static string EndpointLine(CostLine endpoint)
    {
        var instances = $"{endpoint.Instances} x {endpoint.Instance}";
        return endpoint.Dollars is { } dollars
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"On AWS the endpoint ({instances}) costs about ${dollars:N2} a month."
            )
            : $"On AWS the endpoint is {instances}, whose price is unknown: write it under prices: in plumbline.yaml.";
    }

    private static Option<double> Positive(string name, string description, double otherwise, double most = 100_000)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            DefaultValueFactory = _ => otherwise,
            HelpName = "NUMBER",
        };
        option.Validators.Add(result =>
        {
            // The parser itself reports text that is not a number.
            if (
                result.Tokens is [var token]
                && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
                && !(number > 0 && number <= most)
            )
            {
                result.AddError($"{name} must be a number over 0 and at most {most:0}");
            }
        });
        return option;
    }

    private static void Write(IAnsiConsole console, MonthlySpend spend)
    {
        console.WriteLine($"{spend.Sentence()}.");
        console.WriteLine(
            spend.Left is { } left
                ? $"{MonthlySpend.Dollars(left)} of the budget are left."
                : "Without a budget: `retraining.budget` in plumbline.yaml limits the trainings that the loop starts by itself."
        );
        foreach (var type in spend.Unpriced)
        {
            console.WriteLine(
                $"The price of {type} is unknown, so its jobs are not counted: write it under prices: in plumbline.yaml."
            );
        }
    }

    private static void Write(IAnsiConsole console, LoopCost cost)
    {
        var table = Output.Table("what", "instances", "hours", "$ an hour", "$");
        foreach (var line in cost.Lines)
        {
            table.AddRow(
                Output.Text(line.What),
                Output.Text($"{line.Instances} x {line.Instance}"),
                line.Hours.ToString("0.##", CultureInfo.InvariantCulture),
                line.DollarsPerHour?.ToString("0.####", CultureInfo.InvariantCulture) ?? "no price",
                line.Dollars?.ToString("N2", CultureInfo.InvariantCulture) ?? "unknown"
            );
        }

        console.Write(table);
        foreach (var type in cost.Unpriced)
        {
            console.WriteLine(
                $"The price of {type} is unknown, so it is not counted: write it under prices: in plumbline.yaml."
            );
        }

        foreach (var line in cost.Storage)
        {
            console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Per month, {line.What}: {line.Gigabytes:0.##} GB, ${line.Dollars:N2}."
                )
            );
        }

        if (cost.Spot)
        {
            console.WriteLine(
                "Trainings run on spot instances, which cost less than these prices (up to 90 % less, says AWS); an interrupted training continues from its last checkpoint."
            );
        }

        console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"On-demand prices in {cost.Region} of {cost.PricesOf:yyyy-MM-dd}; other regions differ (write theirs under prices:)."
            )
        );
        console.WriteLine("Not included: other storage, requests, builds, alarms, and logs that nobody deletes.");
    }
}
