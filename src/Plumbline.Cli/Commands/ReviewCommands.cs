using System.CommandLine;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Monitoring;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Quality;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb predictions</c> and <c>plumb correct</c>: what the model answered, and what is true.</summary>
internal static class ReviewCommands
{
    private const string Newest = "newest";
    private const string Audit = "audit";
    private const string Uncertain = "uncertain";

    public static Command Predictions()
    {
        var list = new Option<string>("--list")
        {
            Description =
                "newest, or a review list: audit (a random sample, keeps the figure unbiased) or uncertain (close calls, improves the next model)",
            DefaultValueFactory = _ => Newest,
            HelpName = "LIST",
        };
        list.AcceptOnlyFromAmong(Newest, Audit, Uncertain);
        var count = new Option<int>("--count", "-n")
        {
            Description = "The number of predictions",
            DefaultValueFactory = _ => 20,
        };
        return LoopCommand.Create(
            "predictions",
            "List captured predictions, or a review list",
            async (loop, parsed, cancellationToken) =>
            {
                var reviews = new Reviews(loop);
                var items = parsed.GetValue(list) switch
                {
                    Audit => await reviews.AuditListAsync(cancellationToken),
                    Uncertain => await reviews.UncertainListAsync(cancellationToken),
                    _ => await NewestAsync(loop, parsed.GetValue(count), cancellationToken),
                };
                var shown = items.Take(parsed.GetValue(count)).Select(item => Hidden(loop, item)).ToList();
                Output.Write(parsed, shown, Write);
                if (
                    shown.Count == 0
                    && parsed.GetValue(list) != Newest
                    && await new MonitorRuns(loop, TimeProvider.System).WantedAsync(cancellationToken) is { } wanted
                )
                {
                    await Console.Error.WriteLineAsync($"The list is empty. {wanted.Sentence}");
                }

                return CommandLine.Ok;
            },
            list,
            count,
            Output.JsonOption()
        );
    }

    public static Command Correct()
    {
        var key = new Argument<string>("KEY") { Description = "The prediction's key (see `plumb predictions`)" };
        var label = new Argument<string[]>("LABEL")
        {
            Description =
                "The true label; several in task: multi-label ('[]' for none), the number in a regression, JSON in task: custom",
            Arity = ArgumentArity.OneOrMore,
        };
        var reason = new Option<string?>("--reason") { Description = "The reason, if it helps", HelpName = "TEXT" };
        var list = new Option<string?>("--list")
        {
            Description =
                "The review list that the prediction is from: audit or uncertain; omit it if you picked the prediction yourself",
            HelpName = "LIST",
        };
        list.AcceptOnlyFromAmong(Audit, Uncertain);
        var isNew = new Option<bool>("--new-label")
        {
            Description = "Adds LABEL to the project's labels, if review.newLabels allows it",
        };
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "When the prediction was made, UTC: only the hours around this time are searched",
            HelpName = "TIME",
        };
        var since = new Option<string?>("--since")
        {
            Description = "How far back to search, such as 30d, without the usual limit of 1 GiB",
            HelpName = "DURATION",
        };
        since.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Durations.TryParse(token.Value, out _))
            {
                result.AddError("--since must be a duration, like 12h or 30d");
            }
        });
        return LoopCommand.Create(
            "correct",
            "Record the truth of a prediction; it becomes ground truth",
            async (loop, parsed, cancellationToken) =>
            {
                var correction = await new Reviews(loop).CorrectAsync(
                    parsed.GetValue(key)!,
                    Label(loop, parsed.GetValue(key)!, parsed.GetValue(label)!),
                    parsed.GetValue(list),
                    parsed.GetValue(reason),
                    await WindowAsync(loop, parsed.GetValue(at), parsed.GetValue(since), cancellationToken),
                    parsed.GetValue(isNew),
                    cancellationToken
                );
                Console.WriteLine(
                    $"{correction.JoinKey}: {correction.Kind.ToString().ToLowerInvariant()}, "
                        + $"{correction.Predicted} -> {correction.Label}, counted as {correction.List.ToString().ToLowerInvariant()}"
                );
                return CommandLine.Ok;
            },
            key,
            label,
            list,
            reason,
            isNew,
            at,
            since
        );
    }

    private static string Label(Loop.Home.LoopContext loop, string key, string[] given) =>
        given is [var one] ? one
        : loop.Project.Task == TaskKind.MultiLabel ? RecordJson.Write(given)
        : throw new UserError(key, $"takes one truth, not {given.Length}: the truth is {loop.Project.Truths()}");

    private static async Task<CaptureWindow> WindowAsync(
        Loop.Home.LoopContext loop,
        DateTimeOffset? at,
        string? since,
        CancellationToken cancellationToken
    )
    {
        if (at is { } time)
        {
            return CaptureWindow.Around(time);
        }

        return since is not null && Durations.TryParse(since, out var duration)
            ? CaptureWindow.Since(await loop.Clock.NowAsync(cancellationToken) - duration)
            : CaptureWindow.Usual;
    }

    /// <summary>Hides the model's answer for an item of the audit sample, if the project asks people first.</summary>
    private static ReviewItem Hidden(Loop.Home.LoopContext loop, ReviewItem item) =>
        Reviews.IsBlind(loop.Project, item.JoinKey)
            ? item with
            {
                Predicted = "(after your answer)",
                Score = null,
                Margin = null,
                Alternatives = null,
            }
            : item;

    private static async Task<IReadOnlyList<ReviewItem>> NewestAsync(
        Loop.Home.LoopContext loop,
        int count,
        CancellationToken cancellationToken
    )
    {
        var newest = await new CapturedPredictions(loop).NewestAsync(count, cancellationToken);
        return
        [
            .. newest.Select(one => one.ToReviewItem(loop.Names.Endpoint, Records.GroundTruth.ReviewList.Volunteered)),
        ];
    }

    private static void Write(IAnsiConsole console, List<ReviewItem> items)
    {
        var table = Output.Table("key", "time", "predicted", "score", "features");
        foreach (var item in items)
        {
            table.AddRow(
                Output.Text(item.JoinKey),
                Output.Time(item.InferenceTime),
                Output.Text(item.Predicted),
                item.Score is { } score ? $"{score:0.000}" : "",
                Output.Text(item.Features.Length > 60 ? item.Features[..57] + "..." : item.Features)
            );
        }

        console.Write(table);
    }
}
