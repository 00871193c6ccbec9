using System.CommandLine;
using Plumbline.Aws.Instances;
using Plumbline.Backtest.Costs;
using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;
using Plumbline.Records;
using Plumbline.Records.Quality;

namespace Plumbline.Cli.Commands.Backtests;

/// <summary>The options of <c>plumb backtest</c>, and their checked values.</summary>
internal sealed class BacktestOptions
{
    /// <summary>The share of a table's rows that trains the first model.</summary>
    public const double InitialShare = 0.15;

    public Option<string> Label { get; } = Text("--label", "COLUMN", "The column with the truth: a class or a number");

    public Option<string> Task { get; } =
        Text(
            "--task",
            "classification|regression",
            "The kind of the truths; by default, more than 30 different numbers are a regression"
        );

    public Option<string> Metric { get; } =
        Text("--metric", "NAME", "accuracy for classes; mae (the default) or rmse for numbers");

    public Option<int> Windows { get; } =
        new("--windows")
        {
            Description = "Labels come in, and models may be trained, so many times",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 30,
        };

    public Option<string> Time { get; } = Text("--time", "COLUMN", "The column with the time of each row, for --every");

    public Option<string> Every { get; } =
        Text("--every", "DURATION", "Instead of --windows: labels come in at the end of each such time, such as 7d");

    public Option<double> Labels { get; } =
        new("--labels")
        {
            Description = "The share of the served rows that get a label, such as 0.1",
            HelpName = "SHARE",
            DefaultValueFactory = _ => 1,
        };

    public Option<int> Delay { get; } =
        new("--delay")
        {
            Description = "The windows that pass before a window's labels come in",
            HelpName = "NUMBER",
            DefaultValueFactory = _ => 0,
        };

    public Option<double?> Threshold { get; } =
        new("--threshold")
        {
            Description = "Also play recipes that train when accuracy is under it, such as 0.8",
            HelpName = "ACCURACY",
        };

    public Option<string> Recipes { get; } =
        Text(
            "--recipes",
            "NAMES",
            $"Also play these recipes, joined by commas: {string.Join(", ", RecipeNames.Known)}"
        );

    public Option<decimal?> Budget { get; } =
        new("--budget")
        {
            Description = "Also play with so many US dollars for retrainings: a month with --time, else in all",
            HelpName = "DOLLARS",
        };

    public Option<string> Instance { get; } =
        Text(
            "--instance",
            "TYPE",
            $"The instance type of trainings, for the dollars; by default {TrainingPrice.UsualInstance}"
        );

    public Option<bool> Grid { get; } =
        new("--grid") { Description = "Try many settings on all cores, and recommend a schedule and an audit share" };

    public Option<DirectoryInfo> Results { get; } =
        new("--results")
        {
            Description = "The folder of the grid's results; a grid that was stopped continues from it",
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo("backtest-results"),
        };

    public Option<string> Report { get; } =
        Text(
            "--report",
            "FILE",
            "Write the results of each window into this file: a page if it ends in .html, else JSON"
        );

    public Option<bool> Store { get; } =
        new("--store") { Description = "Store the report in the project's loop: the console shows it" };

    public IEnumerable<Option> All =>
        [
            Label,
            Task,
            Metric,
            Windows,
            Time,
            Every,
            Labels,
            Delay,
            Threshold,
            Recipes,
            Budget,
            Instance,
            Grid,
            Results,
            Report,
            Store,
        ];

    /// <summary>How many labels come in, and how late.</summary>
    public LabelDelivery Delivery(ParseResult parsed)
    {
        var (share, delay) = (parsed.GetValue(Labels), parsed.GetValue(Delay));
        return !(share is > 0 and <= 1)
                ? throw new UserError("--labels", "must be a share over 0 and at most 1, such as 0.1")
            : delay < 0 ? throw new UserError("--delay", "must be 0 or more windows")
            : new LabelDelivery(share, delay);
    }

    /// <summary>The length of a window in time; null for windows of equal rows.</summary>
    public TimeSpan? Period(ParseResult parsed, bool hasTimes)
    {
        if (parsed.GetValue(Every) is not { } every)
        {
            return null;
        }
        return !hasTimes ? throw new UserError("--time and --every", "belong together: write also --time COLUMN")
            : Durations.TryParse(every, out var length) && length > TimeSpan.Zero ? length
            : throw new UserError(
                "--every",
                $"'{every}' is not a duration: write a number with d, h, m or s, such as 7d"
            );
    }

    /// <summary>The kind of the truths; null if the table tells it.</summary>
    public TaskKind? TaskOf(ParseResult parsed) =>
        parsed.GetValue(Task) switch
        {
            null => null,
            "classification" => TaskKind.Classification,
            "regression" => TaskKind.Regression,
            var other => throw new UserError("--task", $"'{other}' is not a task: write classification or regression"),
        };

    /// <summary>The metric; null for the default of the task.</summary>
    public string? MetricOf(ParseResult parsed, TaskKind task) =>
        (parsed.GetValue(Metric), task) switch
        {
            (null, _) => null,
            ("accuracy", TaskKind.Classification) => "accuracy",
            ("mae" or "rmse", TaskKind.Regression) => parsed.GetValue(Metric),
            ("accuracy", _) => throw new UserError(
                "--metric",
                "accuracy needs classes, and the label has numbers: write mae or rmse, or --task classification"
            ),
            ("mae" or "rmse", _) => throw new UserError(
                "--metric",
                $"{parsed.GetValue(Metric)} needs numbers, and the label has classes: write accuracy, or --task regression"
            ),
            (var other, _) => throw new UserError("--metric", $"'{other}' is unknown: write accuracy, mae or rmse"),
        };

    /// <summary>The policy of --recipes, --threshold and --budget; none without them.</summary>
    public IReadOnlyList<BacktestPolicy> Own(ParseResult parsed, TaskKind task)
    {
        var (names, threshold, budget) = (
            parsed.GetValue(Recipes),
            parsed.GetValue(Threshold),
            parsed.GetValue(Budget)
        );
        if (names is null && threshold is null && budget is null)
        {
            return [];
        }
        var recipes = names?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (recipes?.FirstOrDefault(name => !RecipeNames.Known.Contains(name)) is { } unknown)
        {
            throw new UserError(
                "--recipes",
                $"'{unknown}' is not a recipe: write some of {string.Join(", ", RecipeNames.Known)}"
            );
        }
        if (recipes is [])
        {
            throw new UserError("--recipes", $"names no recipe: write some of {string.Join(", ", RecipeNames.Known)}");
        }
        if (threshold is not null && task == TaskKind.Regression)
        {
            throw new UserError("--threshold", "is an accuracy, and the label has numbers: leave it out");
        }
        return threshold is not null and not (> 0 and < 1)
                ? throw new UserError("--threshold", "must be over 0 and under 1, such as 0.8")
            : budget < 0 ? throw new UserError("--budget", "must be 0 or more US dollars")
            : [RecipeNames.Policy("yours", recipes?.Distinct().ToArray() ?? BlendNames, threshold, budget)];
    }

    /// <summary>The price of trainings.</summary>
    /// <param name="usual">The project's instance, or null.</param>
    /// <param name="prices">The project's own prices.</param>
    public TrainingPrice PriceOf(ParseResult parsed, string? usual, IReadOnlyDictionary<string, decimal> prices)
    {
        var instance = parsed.GetValue(Instance) ?? usual ?? TrainingPrice.UsualInstance;
        if (prices.TryGetValue(instance, out var own))
        {
            return new TrainingPrice(instance, own);
        }
        return parsed.GetValue(Instance) is not null && InstanceTypes.Find(instance) is null
            ? throw new UserError(
                "--instance",
                $"'{instance}' is not an instance type of the price table: write one such as ml.m5.xlarge"
            )
            : TrainingPrice.Of(instance);
    }

    private static IReadOnlyList<string> BlendNames => [.. BacktestPolicy.Blend.Recipes.Select(one => one.Recipe.Name)];

    private static Option<string> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };
}
