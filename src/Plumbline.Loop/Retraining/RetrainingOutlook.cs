using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Retraining;

/// <summary>A reason for which the loop trains by itself, as it stands now.</summary>
/// <param name="Name">The trigger's name for people.</param>
/// <param name="IsDue">True if it asks for a training.</param>
/// <param name="Text">The state in a sentence with figures.</param>
public sealed record TriggerState(string Name, bool IsDue, string Text);

/// <summary>Why the loop does or does not train next, and which labels it wants: for people.</summary>
/// <param name="Triggers">The alarm, the change detector and the growth of labels.</param>
/// <param name="Holds">The reasons against a training that the loop would start by itself now, as sentences.</param>
/// <param name="Spend">The dollars of the month's trainings; null without <c>retraining.budget</c>.</param>
/// <param name="Labels">The labels wanted next; null before the first measurement.</param>
public sealed record RetrainingOutlook(
    IReadOnlyList<TriggerState> Triggers,
    IReadOnlyList<string> Holds,
    MonthlySpend? Spend,
    LabelsWanted? Labels
)
{
    /// <summary>A loop before its first push.</summary>
    private static readonly RetrainingOutlook Nothing = new([], [], null, null);

    /// <summary>The outlook in one sentence.</summary>
    public string Sentence() =>
        Triggers.FirstOrDefault(one => one.IsDue) is not { } due ? "Nothing asks for a training."
        : Holds.Count > 0 ? $"{due.Name} asks for a training. {Holds[0]}"
        : $"{due.Name} asks for a training: the next measurement starts it.";

    /// <summary>Reads the state of the triggers and of the limits.</summary>
    public static async Task<RetrainingOutlook> ReadAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new OutlookReader(loop, new RetrainingFacts(loop));
            return new RetrainingOutlook(
                await reader.TriggersAsync(cancellationToken),
                await reader.HoldsAsync(cancellationToken),
                await reader.SpendAsync(cancellationToken),
                await reader.LabelsAsync(cancellationToken)
            );
        }
        catch (AwsException missing) when (missing.Status is 400 or 404)
        {
            // The first push creates the registry and the pipelines.
            return Nothing;
        }
    }

    /// <summary>The dollars of this month's trainings, whether or not they are limited.</summary>
    public static async Task<MonthlySpend> SpendAsync(LoopContext loop, CancellationToken cancellationToken) =>
        await new ExecutionCosts(loop).ThisMonthAsync(await loop.Clock.NowAsync(cancellationToken), cancellationToken);
}

/// <summary>Reads what <see cref="RetrainingOutlook"/> shows.</summary>
internal sealed class OutlookReader(LoopContext loop, RetrainingFacts facts)
{
    private RetrainingDescription Retraining => loop.Project.Retraining;

    public async Task<IReadOnlyList<TriggerState>> TriggersAsync(CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(cancellationToken);
        var change = await facts.ChangeAsync(cancellationToken);
        var growth = await facts.GrowthAsync(cancellationToken);
        return
        [
            new("The alarm", newest?.Low == true, newest?.Explanation ?? "Nothing is measured yet."),
            !Retraining.OnChange
                ? new("The change detector", false, "`retraining.onChange` is false.")
                : new(
                    "The change detector",
                    change?.IsDue == true,
                    change is null ? "It needs two measurements with a figure." : Sentence(change.Sentence())
                ),
            growth is null
                ? new("Growth of labels", false, "It counts from the first registered version.")
                : new(
                    "Growth of labels",
                    growth.IsDue,
                    $"{Sentence(growth.Sentence())} {(await facts.KindAsync(Trigger.Growth, cancellationToken)).Reason}".TrimEnd()
                ),
        ];
    }

    public async Task<IReadOnlyList<string>> HoldsAsync(CancellationToken cancellationToken)
    {
        var now = await loop.Clock.NowAsync(cancellationToken);
        var newest = await new Executions(loop).NewestAsync(1, cancellationToken) is [var one, ..] ? one : null;
        var refusals = new Refusals(loop, facts);
        string?[] holds =
        [
            newest?.IsRunning == true ? $"The execution {newest.Id} is in progress." : null,
            refusals.CoolDown(newest, now),
            await refusals.TooFewLabelsAsync(change: null, cancellationToken),
            (await SpendAsync(cancellationToken))?.Refusal(),
        ];
        return [.. holds.OfType<string>()];
    }

    public async Task<MonthlySpend?> SpendAsync(CancellationToken cancellationToken) =>
        Retraining.Budget is null
            ? null
            : await facts.SpendAsync(await loop.Clock.NowAsync(cancellationToken), cancellationToken);

    public async Task<LabelsWanted?> LabelsAsync(CancellationToken cancellationToken)
    {
        if (await NewestAsync(cancellationToken) is not { } report)
        {
            return null;
        }

        var wanted = LabelsWanted.Of(loop.Project, report);
        return await facts.GrowthAsync(cancellationToken) is { Missing: > 0 and var missing } growth
            ? wanted with
            {
                Sentence =
                    $"{wanted.Sentence} {Plural.Of(Math.Max(missing, loop.Project.Retraining.MinNewLabels - growth.New), "more label starts", "more labels start")} a training by growth.",
            }
            : wanted;
    }

    private async Task<MonitorReport?> NewestAsync(CancellationToken cancellationToken) =>
        await facts.ReportsAsync(cancellationToken) is [.., var newest] ? newest : null;

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
